package dev.tandem.domain.job;

/**
 * Why a job gave up.
 *
 * @param code dotted and stable
 * @param message for a person
 */
public record JobFailure(String code, String message) {}
