package dev.tandem.domain.job;

/**
 * Why a job failed.
 *
 * @param code dotted and stable
 * @param message for a person
 */
public record JobFailure(String code, String message) {}
