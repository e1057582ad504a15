package dev.tandem.tool.model.types;

/**
 * A value that breaks a rule.
 *
 * @param literal the JSON value, as Java
 * @param pointer where the problem is
 * @param code of the rule
 */
public record Broken(String literal, String pointer, String code) {}
