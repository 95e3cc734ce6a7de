/**
 * Where screens live: pages in tabs, splits and windows, and the places they can be found again at.
 *
 * <p>A package that brings a screen has one public class with a method that returns its {@link
 * Screen}: the type of its places, a {@link PageFactory} that makes a {@link Page} for such a
 * place, and the {@link Verb}s by which rows and detail pages open it. One line in {@code
 * shell.Screens} adds it to the window. The package depends on this one, never on {@code shell}.
 *
 * <p>Pages open others with {@link Workbench#open(Place, Where)}, never by constructing them: the
 * place alone must suffice, for it is also what is written down when the application ends. Titles
 * are in the texts: {@code screen.TYPE} for the navigator and the palette, {@code verb.ID} and
 * {@code command.ID} for menus, the palette and the list of keys. Icons are style classes {@code
 * icon-NAME} with a {@code -fx-shape}.
 *
 * <p>A page is told when it becomes visible and when it no longer is; until it is told the former,
 * and after the latter, it has no stream open and schedules nothing.
 */
@NullMarked
package dev.pilothouse.ui.workbench;

import org.jspecify.annotations.NullMarked;
