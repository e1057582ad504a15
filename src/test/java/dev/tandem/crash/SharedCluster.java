package dev.tandem.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a scenario a cluster of at least one replica, with empty collections.
 *
 * <p>In the long form, each scenario has a cluster of its own, so that its figures are its own. In the short form, they use one cluster, one
 * after the other, because starting processes is most of what they would do. A scenario that fails leaves no cluster to the next one.
 */
final class SharedCluster implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    /** A cluster and the folder of its files. */
    private record Lent(Path folder, Cluster cluster) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException, IOException {
            cluster.close();
            IOUtils.rm(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            // One that can't be emptied is not put back: the next scenario starts a new one.
            @Nullable Lent lent = store(context).remove(Lent.class, Lent.class);
            if (lent == null) {
                Path folder = Files.createTempDirectory("cluster");
                lent = new Lent(folder, Cluster.start(folder, 1));
            } else {
                lent.cluster().empty();
            }
            store(context).put(Lent.class, lent);
            return lent.cluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("There is no cluster for the scenario.", e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        boolean failed = context.getExecutionException().isPresent();
        if (CrashOptions.LONG || failed) {
            @Nullable Lent lent = store(context).remove(Lent.class, Lent.class);
            if (lent != null) {
                lent.close();
            }
        }
    }

    /** The root's, so that what is left in it is closed after the last scenario. */
    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE);
    }
}
