package io.holdfast.cli.backup;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.store.backup.Manifest;
import io.holdfast.store.backup.ManifestJson;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Says what stands in a backup. Immutable. */
record BackupReport(Manifest manifest) {

    /** What it holds, such as {@code 3 records of ann, 1 change that waits, 48 KiB}. */
    String text() {
        Manifest.Content content = manifest.content();
        Manifest.Counts counts = content.counts();
        String whose = content.kind() == Manifest.Kind.DEVICE
                ? " of " + content.scope() + " (replica " + content.replica() + ")"
                : " in " + number(counts.scopes(), "scope");
        String waiting = counts.unsettled() == 0
                ? ""
                : ", " + number(counts.unsettled(), "change")
                        + (counts.unsettled() == 1 ? " that waits" : " that wait");
        String kind = content.kind() == Manifest.Kind.DEVICE ? "confirmed record" : "record";
        return number(counts.records(), kind) + whose + waiting + ", " + BackupTarget.size(manifest.bytes());
    }

    private static String number(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : what + "s");
    }

    /** Writes the manifest as a line of JSON, with more members before it. */
    void printJson(Terminal terminal, Consumer<JsonGenerator> more) {
        JsonLine.print(terminal.out(), json -> {
            more.accept(json);
            ManifestJson.members(manifest, json);
        });
    }

    /** Warns of records that were damaged already when the backup was made. */
    ExitCode warned(Terminal terminal) {
        long damaged = manifest.content().counts().damaged();
        if (damaged > 0) {
            terminal.err()
                    .println(
                            "holdfast: " + number(damaged, "record")
                                    + (damaged == 1 ? " was" : " were")
                                    + " not what had been stored when the backup was made; the copy is exact, damage included.");
        }
        return damaged == 0 ? ExitCode.FINE : ExitCode.WRONG;
    }
}
