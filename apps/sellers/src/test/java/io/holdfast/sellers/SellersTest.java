package io.holdfast.sellers;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.sources.mapping.MappingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The office's two sheets, end to end. */
class SellersTest {

    private static final Path EXAMPLES = Path.of("..", "..", "examples", "sellers");

    @TempDir
    private Path folder;

    private SellersOffice office;

    @BeforeEach
    void open() {
        office = new SellersOffice(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private RunReport properties() {
        return office.properties(List.of("2-3028-25", "2-3028-26"));
    }

    @Test
    void takesBothSheetsAndFindsThemEqual() {
        assertThat(properties().outcome()).isEqualTo(RunStatus.SUCCEEDED);
        RunReport report = office.sellers(List.of(
                "s-\uff10001,Ann,212,2-3028-25,\" 178,000 \",2026-01-02", "S-0002,Bob,,2-3028-26, -   ,2026-01-03"));
        assertThat(report.outcome()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.records().created()).isEqualTo(2);
    }

    @Test
    void worksUnderTheSchemaThatAServerServes() {
        SqlServerStorage.over(office.database, List.of(SellersMappings.schema()));
        properties();
        assertThat(office.sellers(List.of("S-0001,Ann,,2-3028-25,1,2026-01-02")).outcome())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void theLaterEditStandsWhoeverMadeIt() {
        properties();
        office.sellers(List.of("S-0001,Ann,,2-3028-25,1,2026-01-02"));
        assertThat(office.sellers(List.of("S-0001,Anna,,2-3028-25,1,2026-03-01"))
                        .records()
                        .updated())
                .isOne();
        RunReport older = office.sellers(List.of("S-0001,Ann,,2-3028-25,1,2026-02-01"));
        assertThat(older.records().kept()).isOne();
        assertThat(older.outcome()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void theSecondOfTwoRowsThatDisagreeWaitsInQuarantine() {
        properties();
        RunReport report =
                office.sellers(List.of("S-0001,Ann,,2-3028-25,1,2026-01-02", "S-0001,Eve,,2-3028-25,1,2026-01-02"));
        assertThat(report.outcome()).isEqualTo(RunStatus.PARTIAL);
        assertThat(report.records().created()).isOne();
        assertThat(report.records().quarantined()).isOne();
    }

    private List<String> missing() {
        return office.database.read(session -> session.query(
                "SELECT number FROM sellers WHERE source_missing = 1 ORDER BY number", row -> row.getString(1)));
    }

    @Test
    void aSellerThatTheSheetLostStaysMarkedUntilItsRowIsBack() {
        properties();
        String ann = "S-0001,Ann,,2-3028-25,1,2026-01-02";
        String bob = "S-0002,Bob,,2-3028-26,1,2026-01-02";
        office.sellers(List.of(ann, bob));
        office.sellers(List.of(ann, "S-2,Bob,,2-3028-26,1,2026-01-02"));
        assertThat(missing())
                .as("while a row is invalid, it may be that seller's")
                .isEmpty();
        office.sellers(List.of(ann));
        assertThat(missing()).containsExactly("S-0002");
        assertThat(office.sellers(List.of(ann, bob)).outcome()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(missing()).isEmpty();
    }

    @Test
    void theExamplesAreTheApplicationsMappings() throws IOException {
        assertThat(MappingReader.read(Files.readAllBytes(EXAMPLES.resolve("sellers.yaml"))))
                .isEqualTo(SellersMappings.SELLERS);
        assertThat(MappingReader.read(Files.readAllBytes(EXAMPLES.resolve("properties.yaml"))))
                .isEqualTo(SellersMappings.PROPERTIES);
    }
}
