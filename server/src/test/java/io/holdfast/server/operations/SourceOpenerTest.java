package io.holdfast.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.RecordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceOpenerTest {

    @TempDir
    Path folder;

    /** Else no run by the clock would know a file that did not change. */
    @Test
    void aConfiguredFileIsKnownByItsBytes() throws IOException {
        Path sheet = Files.writeString(folder.resolve("sellers.csv"), "No\n1\n");
        Path mapping = Files.writeString(
                folder.resolve("mapping.yaml"),
                "target: sellers\nfields:\n  number: {column: No, type: TEXT}\nkey: [number]\n");
        SourceSettings settings = SettingsJson.read("{\"sources\": [{\"name\": \"office\", \"location\": \"" + sheet
                        + "\", \"mapping\": \"" + mapping + "\", \"scope\": \"shop\"}]}")
                .sources()
                .getFirst();
        RecordSource source = new SourceOpener(1 << 20, () -> {
                    throw new IllegalStateException("nobody reads spreadsheets here");
                })
                .open(settings);
        assertThat(source.name()).isEqualTo("office");
        assertThat(source.fingerprint())
                .isPresent()
                .isEqualTo(new FileSource(sheet, source.mapping(), 1 << 20).fingerprint());
    }
}
