package dev.tandem.tool.migration;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that runs beside the others, but not beside another one with this annotation: they share the JVM's server for scratch
 * databases, and some of them look for databases that are left there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(CONCURRENT)
@ResourceLock(UsesScratchServer.SERVER)
public @interface UsesScratchServer {

    String SERVER = "the JVM's scratch server";
}
