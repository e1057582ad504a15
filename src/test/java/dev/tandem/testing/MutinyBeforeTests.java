package dev.tandem.testing;

import io.smallrye.mutiny.Uni;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has Mutiny find its helpers before any test runs. It does so once, on first use, and when two tests beside each other are the first
 * users at the same moment, one of them fails.
 */
public final class MutinyBeforeTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Uni.createFrom().deferred(() -> Uni.createFrom().voidItem()).await().indefinitely();
    }
}
