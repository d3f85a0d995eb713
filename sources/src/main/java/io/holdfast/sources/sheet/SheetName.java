package io.holdfast.sources.sheet;

/**
 * A sheet of a file.
 *
 * @param hidden whether a person who opens the file sees it
 */
public record SheetName(String name, boolean hidden) {}
