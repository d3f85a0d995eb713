package io.holdfast.cli.demo;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.core.account.ChangeState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** Prints how the demonstration ended. */
record DemoReport(DemoOutcome outcome, Path folder) {

    void print(Terminal terminal) {
        terminal.out().print('\n');
        replicas().print(terminal.out());
        terminal.out().print("\nThe account of every change that was ever made:\n\n");
        account().print(terminal.out());
        terminal.out().print("\nWhat the users earned, in coins:\n\n");
        earnings().print(terminal.out());
        outcome.sheet()
                .ifPresent(read -> terminal.out()
                        .print("\nThe spreadsheet's " + number(read.rows()) + " rows and the database's "
                                + number(read.created()) + " records " + (read.equal() ? "are" : "are NOT")
                                + " proven equal; " + number(read.repaired()) + " damaged rows were repaired.\n"));
        terminal.out().print('\n');
        if (outcome.problems().isEmpty()) {
            terminal.out()
                    .print(
                            "Nothing is unaccounted for: "
                                    + number(outcome.server().records())
                                    + " records arrived exactly once, all replicas are proven equal row by row,\n"
                                    + "the refused record waits in quarantine for a person, and balances agree to the last digit.\n");
        }
        terminal.out()
                .print("The stores stay in " + folder + "; look with: holdfast status --store "
                        + folder.resolve("tablet.db") + '\n');
    }

    private TextTable replicas() {
        TextTable table = table("");
        table.add(row("records shown", outcome.server().records(), DeviceOutcome::visible));
        table.add(row(
                "changes sent",
                device -> device.totals().pushed() + device.totals().refused()));
        table.add(row("records received", device -> device.totals().pulled()));
        table.add(row("round trips", device -> device.totals().traffic().roundTrips()));
        table.add(row("bytes, both ways", DeviceOutcome::bytes));
        table.add(row("conflicts lost", DeviceOutcome::openConflicts));
        table.add(row("in quarantine", device -> device.account().in(ChangeState.QUARANTINED)));
        table.add(row(
                "at sequence",
                outcome.server().sequence(),
                device -> device.replica().sequence()));
        table.add(texts("fingerprint", first(outcome.server()), device -> first(device.replica())));
        table.add(texts("", second(outcome.server()), device -> second(device.replica())));
        table.add(texts("rows proven equal", "", device -> device.proven() ? "yes" : "NO"));
        return table;
    }

    private TextTable account() {
        TextTable table = new TextTable(
                Stream.concat(Stream.of("state"), outcome.devices().stream().map(DeviceOutcome::name))
                        .toList());
        for (ChangeState state : ChangeState.values()) {
            table.add(cells(state.name(), device -> number(device.account().in(state))));
        }
        table.add(cells("ever made", device -> number(device.account().made())));
        table.add(cells("adds up", device -> device.account().balanced() ? "yes" : "NO"));
        return table;
    }

    private TextTable earnings() {
        TextTable table = new TextTable(List.of("user", "rate × time", "server", "devices"));
        for (EarningsOutcome earned : outcome.earnings()) {
            table.add(List.of(
                    earned.user(),
                    earned.expected().toPlainString(),
                    earned.server().toPlainString(),
                    earned.shown()));
        }
        return table;
    }

    private TextTable table(String corner) {
        List<String> heads = new ArrayList<>(List.of(corner, "server"));
        outcome.devices().forEach(device -> heads.add(device.name()));
        return new TextTable(heads);
    }

    private List<String> row(String name, ToLongFunction<DeviceOutcome> value) {
        return texts(name, "", device -> number(value.applyAsLong(device)));
    }

    private List<String> row(String name, long server, ToLongFunction<DeviceOutcome> value) {
        return texts(name, number(server), device -> number(value.applyAsLong(device)));
    }

    private List<String> texts(String name, String server, Function<DeviceOutcome, String> text) {
        List<String> cells = new ArrayList<>(List.of(name, server));
        outcome.devices().stream().map(text).forEach(cells::add);
        return cells;
    }

    private List<String> cells(String name, Function<DeviceOutcome, String> text) {
        List<String> cells = new ArrayList<>(List.of(name));
        outcome.devices().stream().map(text).forEach(cells::add);
        return cells;
    }

    private static String first(ReplicaView replica) {
        return replica.fingerprint().substring(0, replica.fingerprint().length() / 2);
    }

    private static String second(ReplicaView replica) {
        return replica.fingerprint().substring(replica.fingerprint().length() / 2);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    void printJson(Terminal terminal) {
        JsonLine.print(terminal.out(), json -> {
            json.writeBooleanProperty("accounted", outcome.problems().isEmpty());
            json.writeArrayPropertyStart("problems");
            outcome.problems().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("folder", folder.toString());
            json.writeNumberProperty("events", outcome.events());
            json.writeNumberProperty("inFlightAfterCut", outcome.inFlightAfterCut());
            json.writeObjectPropertyStart("server");
            write(outcome.server(), json);
            json.writeEndObject();
            json.writeArrayPropertyStart("devices");
            outcome.devices().forEach(device -> write(device, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("earnings");
            outcome.earnings().forEach(earned -> write(earned, json));
            json.writeEndArray();
            outcome.sheet().ifPresent(read -> write(read, json));
        });
    }

    private static void write(EarningsOutcome earned, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("user", earned.user());
        json.writeStringProperty("expected", earned.expected().toPlainString());
        json.writeStringProperty("server", earned.server().toPlainString());
        json.writeObjectPropertyStart("devices");
        earned.devices().forEach((name, shown) -> json.writeStringProperty(name, shown.toPlainString()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(SheetOutcome read, JsonGenerator json) {
        json.writeObjectPropertyStart("sheet");
        json.writeNumberProperty("rows", read.rows());
        json.writeNumberProperty("created", read.created());
        json.writeNumberProperty("writtenAgain", read.writtenAgain());
        json.writeNumberProperty("damaged", read.damaged());
        json.writeNumberProperty("found", read.found());
        json.writeNumberProperty("repaired", read.repaired());
        json.writeBooleanProperty("equal", read.equal());
        json.writeEndObject();
    }

    private static void write(ReplicaView replica, JsonGenerator json) {
        json.writeNumberProperty("records", replica.records());
        json.writeNumberProperty("sequence", replica.sequence());
        json.writeStringProperty("fingerprint", replica.fingerprint());
    }

    private static void write(DeviceOutcome device, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", device.name());
        json.writeStringProperty("replica", device.id());
        write(device.replica(), json);
        json.writeBooleanProperty("proven", device.proven());
        json.writeNumberProperty("shown", device.visible());
        json.writeNumberProperty("pushed", device.totals().pushed());
        json.writeNumberProperty("pulled", device.totals().pulled());
        json.writeNumberProperty("roundTrips", device.totals().traffic().roundTrips());
        json.writeNumberProperty("bytes", device.bytes());
        json.writeNumberProperty("conflicts", device.openConflicts());
        json.writeObjectPropertyStart("account");
        json.writeNumberProperty("made", device.account().made());
        for (ChangeState state : ChangeState.values()) {
            json.writeNumberProperty(state.name(), device.account().in(state));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
