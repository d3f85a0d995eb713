package io.holdfast.sellers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.run.RunReport;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The properties of validation and integrity that the requirements name, for the office's sheets. */
class SellerPropertiesTest {

    private static final int ROWS = 1_000;

    /** Each of them is two runs on a database. */
    private static final int RUNS = 10;

    private static final int SHRINKS = 30;

    private static final Gen<Set<Integer>> REGISTERS = Gens.ints(1, 6).set(1, 6);

    /** Properties by sellers; some stand in no register. */
    private static final Gen<Map<Integer, Integer>> SELLERS = Gens.maps(Gens.ints(1, 9), Gens.ints(1, 9), 1, 7);

    @TempDir
    private Path folder;

    private final AtomicInteger offices = new AtomicInteger();
    private SellersOffice office;

    @BeforeEach
    void open() {
        office = new SellersOffice(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    /** What becomes of one row. */
    private MappedRow.Outcome outcome(String row) throws IOException {
        try (MappedRecords rows = office.source(List.of(row)).open()) {
            return rows.next().orElseThrow().outcome();
        }
    }

    private static String property(int number) {
        return "2-3028-" + number;
    }

    private static List<String> rows(Map<Integer, Integer> sellers) {
        return sellers.entrySet().stream()
                .map(seller -> number(seller.getKey()) + ",Ann,," + property(seller.getValue()) + ",1,2026-01-02")
                .toList();
    }

    private static String number(int seller) {
        return "S-000" + seller;
    }

    /** The sellers' run in a fresh office with that register. */
    private RunReport run(Set<Integer> register, List<String> rows) {
        office.move("office-" + offices.incrementAndGet());
        assertThat(office.properties(register.stream()
                                .map(SellerPropertiesTest::property)
                                .toList())
                        .outcome())
                .isEqualTo(RunStatus.SUCCEEDED);
        return office.sellers(rows);
    }

    private static Set<String> strangers(Set<Integer> register, Map<Integer, Integer> sellers) {
        return sellers.entrySet().stream()
                .filter(seller -> !register.contains(seller.getValue()))
                .map(seller -> number(seller.getKey()))
                .collect(Collectors.toSet());
    }

    @Test
    void v32RequiredFieldsAreChecked() {
        Gen<String> numbers = Gens.pick("S-0001", "", "  ");
        Gen<String> names = Gens.pick("Ann", "", " ");
        Gen<String> phones = Gens.pick("", "718-555-0101");
        Gen<String> properties = Gens.pick("2-3028-25", "", "   ");
        Property.of("V32 sellers")
                .tries(ROWS)
                .forAll(numbers, names, phones, properties, (no, name, phone, property) -> {
                    Property.assume(!(no + name + phone + property).isBlank());
                    MappedRow.Outcome outcome = outcome(no + "," + name + "," + phone + "," + property + ",,");
                    List<String> missing = Map.of("number", no, "name", name, "property", property).entrySet().stream()
                            .filter(field -> field.getValue().isBlank())
                            .map(Map.Entry::getKey)
                            .toList();
                    if (outcome instanceof MappedRow.Unfit unfit) {
                        assertThat(unfit.defects())
                                .allSatisfy(defect ->
                                        assertThat(defect.violation().code()).isEqualTo(ErrorCode.FIELD_REQUIRED));
                        assertThat(unfit.defects())
                                .extracting(defect -> defect.violation().field())
                                .containsExactlyInAnyOrderElementsOf(missing);
                    } else {
                        assertThat(missing).isEmpty();
                    }
                });
    }

    /** For any number: what the office's format is, and nothing else, is taken. */
    @Test
    void v33TheSellerNumbersFormatIsChecked() {
        Gen<String> numbers = Gens.oneOf(
                Gens.ints(0, 99_999).map(number -> "S-" + number),
                Gens.ints(0, 99_999).map(number -> "s-0" + number),
                Gens.pick("", "S-", "S 0001", "T-0001", "S-00000000001", "S-12A4"),
                Gens.ints(0, 9).map(number -> " S-000" + number + " "));
        Property.of("V33 sellers").tries(ROWS).forAll(numbers, number -> {
            boolean fits = number.strip().toUpperCase(Locale.ROOT).matches("S-[0-9]{4,10}");
            assertThat(outcome(number + ",Ann,,2-3028-25,1,2026-01-02") instanceof MappedRow.Fit)
                    .isEqualTo(fits);
        });
    }

    @Test
    void v34ThePropertysRecordIsLookedUpAndNoSellerIsLostForIt() {
        Property.of("V34 sellers").tries(RUNS).shrinks(SHRINKS).forAll(REGISTERS, SELLERS, (register, sellers) -> {
            RunReport report = run(register, rows(sellers));
            Set<String> strangers = strangers(register, sellers);
            assertThat(report.records().dangling()).isEqualTo(strangers.size());
            assertThat(report.records().created()).isEqualTo(sellers.size());
            assertThat(report.verification().orElseThrow().equal()).isTrue();
            assertThat(report.outcome()).isEqualTo(strangers.isEmpty() ? RunStatus.SUCCEEDED : RunStatus.PARTIAL);
        });
    }

    @Test
    void v35IntegrityIssuesAreLogged() {
        Property.of("V35 sellers").tries(RUNS).shrinks(SHRINKS).forAll(REGISTERS, SELLERS, (register, sellers) -> {
            List<RunError> errors = office.errors(run(register, rows(sellers)));
            assertThat(errors).allSatisfy(error -> {
                assertThat(error.category()).isEqualTo(ErrorCategory.INTEGRITY);
                assertThat(error.message()).contains("property");
            });
            assertThat(errors)
                    .extracting(RunError::key)
                    .containsExactlyInAnyOrderElementsOf(strangers(register, sellers));
        });
    }

    @Test
    void v35InvalidRowsAreLoggedWithRowAndReason() {
        RunReport report =
                run(Set.of(1), List.of("S-0001,,,2-3028-1,1,", "S-1,Ann,,2-3028-1,1,", "S-0003,Eve,,2-3028-1,1,"));
        assertThat(report.records().created()).isOne();
        assertThat(office.errors(report))
                .allSatisfy(error -> assertThat(error.category()).isEqualTo(ErrorCategory.VALIDATION))
                .extracting(RunError::sourceRow, RunError::code)
                .containsExactly(tuple(2L, "FIELD_REQUIRED"), tuple(3L, "FIELD_PATTERN"));
    }

    @Test
    void v36IntegrityIssuesRaiseAnAlertUntilTheyAreCorrected() {
        Property.of("V36 sellers").tries(RUNS).shrinks(SHRINKS).forAll(REGISTERS, SELLERS, (register, sellers) -> {
            run(register, rows(sellers));
            int strangers = strangers(register, sellers).size();
            assertThat(office.integrityAlert().map(alert -> alert.message().contains(" " + strangers + " invalid")))
                    .isEqualTo(strangers == 0 ? Optional.empty() : Optional.of(true));
            office.properties(sellers.values().stream()
                    .map(SellerPropertiesTest::property)
                    .distinct()
                    .toList());
            assertThat(office.sellers(rows(sellers)).outcome()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(office.integrityAlert()).isEmpty();
        });
    }
}
