package io.holdfast.cli.serve;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks of a server. */
record ServeRequest(
        DatabaseOption database,
        ListenOptions listen,
        List<Path> schemas,
        List<String> apps,
        @Nullable Path rules,
        @Nullable Path config) {}
