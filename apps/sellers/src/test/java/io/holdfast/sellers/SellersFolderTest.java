package io.holdfast.sellers;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.server.settings.SyncSettings;
import io.holdfast.sources.mapping.MappingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SellersFolderTest {

    @TempDir
    private Path place;

    @Test
    void makesFoldersAndCopiesOfTheMappings() throws IOException {
        SellersFolder folder = new SellersFolder(place.resolve("sellers"));
        List<SourceSettings> sources = folder.missing("office");
        assertThat(sources).extracting(SourceSettings::name).containsExactly("properties", "sellers");
        assertThat(sources).allMatch(SourceSettings::scheduled);
        folder.make();
        assertThat(sources)
                .allSatisfy(source -> assertThat(Path.of(source.location())).isEmptyDirectory());
        assertThat(MappingReader.read(
                        Files.readString(Path.of(sources.getFirst().mapping()))))
                .isEqualTo(SellersMappings.PROPERTIES);
        assertThat(MappingReader.read(Files.readString(Path.of(sources.getLast().mapping()))))
                .isEqualTo(SellersMappings.SELLERS);
    }

    @Test
    void itsSourcesAreSettingsAsTheyMayBe() {
        SyncSettings settings =
                SyncSettings.defaults().withSources(new SellersFolder(place.resolve("sellers")).missing("office"));
        assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
    }

    @Test
    void changesNothingThatTheOfficeHasChanged() throws IOException {
        SellersFolder folder = new SellersFolder(place);
        folder.make();
        Files.writeString(place.resolve("sellers.yaml"), "the office's own");
        Files.delete(place.resolve("properties.yaml"));
        assertThat(folder.missing("office")).extracting(SourceSettings::name).containsExactly("properties");
        folder.make();
        assertThat(place.resolve("sellers.yaml")).hasContent("the office's own");
        assertThat(place.resolve("properties.yaml")).isNotEmptyFile();
        assertThat(folder.missing("office")).isEmpty();
    }
}
