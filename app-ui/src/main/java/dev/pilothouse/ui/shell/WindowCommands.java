package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Where;
import dev.pilothouse.ui.workbench.Workbench;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a window can do whatever page it shows, and the keys for that. */
final class WindowCommands {

    /**
     * Those that even a terminal leaves to the window: there must be a way out of it by keyboard.
     */
    private static final Set<String> ALWAYS =
            Set.of("nextTab", "previousTab", "nextRegion", "previousRegion", "toWindow", "reopen");

    private WindowCommands() {}

    /** What the window brings besides its workbench. */
    record Extras(
            Runnable palette, Runnable help, Runnable jump, Regions regions, Runnable deletion) {}

    static List<Command> of(Workbench workbench, Extras extras) {
        return List.of(
                new Command("palette", "Shortcut+K", extras.palette),
                new Command("jump", ":", extras.jump),
                new Command("help", "? F1", extras.help),
                new Command("nextRegion", "F6", () -> extras.regions.turn(1)),
                new Command("previousRegion", "Shift+F6", () -> extras.regions.turn(-1)),
                new Command("delete", "Shortcut+D", extras.deletion),
                new Command("back", "Alt+LEFT [", () -> workbench.go(-1)),
                new Command("forward", "Alt+RIGHT ]", () -> workbench.go(1)),
                new Command("nextTab", "Ctrl+TAB Ctrl+PAGE_DOWN", () -> workbench.turn(1)),
                new Command("previousTab", "Ctrl+Shift+TAB Ctrl+PAGE_UP", () -> workbench.turn(-1)),
                new Command("closeTab", "Shortcut+W", page(workbench, workbench::close)),
                new Command("reopen", "Shortcut+Shift+T", workbench::reopen),
                new Command(
                        "splitRight",
                        "Shortcut+BACK_SLASH",
                        page(workbench, page -> workbench.move(page, Where.SPLIT_RIGHT))),
                new Command(
                        "splitDown",
                        "Shortcut+Shift+BACK_SLASH",
                        page(workbench, page -> workbench.move(page, Where.SPLIT_DOWN))),
                new Command(
                        "tabLeft",
                        "Ctrl+Shift+PAGE_UP",
                        page(workbench, page -> workbench.shift(page, -1))),
                new Command(
                        "tabRight",
                        "Ctrl+Shift+PAGE_DOWN",
                        page(workbench, page -> workbench.shift(page, 1))),
                new Command(
                        "toPane", "Ctrl+Alt+RIGHT", page(workbench, workbench::moveToNextGroup)),
                new Command(
                        "toWindow",
                        "Shortcut+Shift+N",
                        page(workbench, page -> workbench.move(page, Where.WINDOW))));
    }

    static boolean isAlwaysOurs(Command command) {
        return ALWAYS.contains(command.id());
    }

    private static Runnable page(Workbench workbench, Consumer<Page> action) {
        return () -> {
            Page page = workbench.current().get();
            if (page != null) {
                action.accept(page);
            }
        };
    }
}
