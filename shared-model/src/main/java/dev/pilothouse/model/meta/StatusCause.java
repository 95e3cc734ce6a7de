package dev.pilothouse.model.meta;

/**
 * One cause in a Status: usually one bad field.
 *
 * @param reason for example {@code FieldValueRequired}
 * @param message for people
 * @param field path of the field in JSON notation, may be empty
 */
public record StatusCause(String reason, String message, String field) {}
