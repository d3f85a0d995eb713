package io.holdfast.cli.sync;

import io.holdfast.core.local.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

    /** Writes each proof with its age, as an object by level. */
    static void writeAll(Map<Proof.Level, Proof> proofs, Instant now, JsonGenerator json) {
        json.writeObjectPropertyStart("proofs");
        proofs.forEach((level, proof) -> {
            json.writeObjectPropertyStart(level.name());
            json.writeBooleanProperty("equal", proof.equal());
            json.writeStringProperty(
                    "at", Instant.ofEpochMilli(proof.atMillis()).toString());
            json.writeNumberProperty("ageSeconds", age(proof, now).toSeconds());
            json.writeNumberProperty("records", proof.records());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static Duration age(Proof proof, Instant now) {
        Duration age = Duration.between(Instant.ofEpochMilli(proof.atMillis()), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The proof for people, with its age, such as {@code equal, 42 records, 3 min ago}. */
    static String text(Proof proof, Instant now) {
        Duration age = age(proof, now);
        String ago = age.toMinutes() < 1
                ? age.toSeconds() + " s"
                : age.toHours() < 1
                        ? age.toMinutes() + " min"
                        : age.toDays() < 3 ? age.toHours() + " h" : age.toDays() + " d";
        return (proof.equal() ? "equal, " : "NOT EQUAL, ") + proof.records() + " records, " + ago + " ago";
    }

    /** The proof for people, such as {@code L0 equal, 42 records, 2026-11-20T08:30:00Z}. */
    static String text(Proof proof) {
        return proof.level() + (proof.equal() ? " equal, " : " NOT EQUAL, ") + proof.records() + " records, "
                + Instant.ofEpochMilli(proof.atMillis());
    }
}
