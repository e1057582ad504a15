package dev.tandem.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that takes seconds: a property over many samples, a race, a kill, an outage, much data. {@code ./mvnw verify} leaves it out, so
 * that it stays short; {@code ./mvnw verify -Pthorough} runs these and no other, and {@code -Dtest} runs what it names.
 */
@Tag("thorough")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Thorough {}
