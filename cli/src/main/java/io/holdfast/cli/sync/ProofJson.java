package io.holdfast.cli.sync;

import io.holdfast.core.local.Proof;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A proof as commands print it. Stateless. */
final class ProofJson {

    private ProofJson() {}

    /** Writes the proof, or null, as the next value. */
    static void write(Optional<Proof> proof, JsonGenerator json) {
        if (proof.isEmpty()) {
            json.writeNull();
            return;
        }
        Proof one = proof.get();
        json.writeStartObject();
        json.writeStringProperty("level", one.level().name());
        json.writeBooleanProperty("equal", one.equal());
        json.writeStringProperty("at", Instant.ofEpochMilli(one.atMillis()).toString());
        json.writeNumberProperty("records", one.records());
        json.writeEndObject();
    }

    /** The proof for people, such as {@code L0 equal, 42 records, 2026-11-20T08:30:00Z}. */
    static String text(Proof proof) {
        return proof.level() + (proof.equal() ? " equal, " : " NOT EQUAL, ") + proof.records() + " records, "
                + Instant.ofEpochMilli(proof.atMillis());
    }
}
