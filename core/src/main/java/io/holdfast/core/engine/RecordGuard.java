package io.holdfast.core.engine;

import io.holdfast.core.protocol.RemoteRecord;
import java.util.Optional;

/**
 * Looks at each record that a server answers with, before anything of the answer is taken in: an application's last line against
 * a server that mixes its users up. Pure.
 */
@FunctionalInterface
public interface RecordGuard {

    /** Takes every record. */
    RecordGuard NONE = record -> Optional.empty();

    /** Why a record may not be taken, in one sentence for people; empty if it may. */
    Optional<String> refuses(RemoteRecord record);
}
