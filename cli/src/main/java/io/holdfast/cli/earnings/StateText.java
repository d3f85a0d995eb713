package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.earnings.EarningsState;
import java.util.List;
import java.util.Locale;

/** A user's earnings, as commands print them. Amounts are exact, to the eighth digit. Stateless. */
final class StateText {

    private StateText() {}

    /** For people or for programs. */
    static void print(Terminal terminal, boolean json, EarningsState state) {
        if (json) {
            terminal.out().println(json(state));
        } else {
            table(terminal, state);
        }
    }

    private static void table(Terminal terminal, EarningsState state) {
        TextTable table = new TextTable(List.of("what", "now"));
        table.add(List.of("user", state.userId()));
        table.add(List.of("earnings", state.currentEarnings().toPlainString()));
        table.add(List.of("confirmed by the server", state.confirmedEarnings().toPlainString()));
        table.add(List.of("held for a person", state.heldEarnings().toPlainString()));
        table.add(List.of("coins an hour", state.rate().toPlainString()));
        table.add(List.of("reckoned until", state.lastUpdate().toString()));
        table.add(List.of("since", state.startDate().toString()));
        table.add(List.of("mining", state.active() ? "yes" : "no"));
        table.add(List.of("sync", sync(state)));
        table.print(terminal.out());
    }

    /** One line, such as a watch prints. */
    static String line(EarningsState state) {
        return state.lastUpdate() + "  " + state.currentEarnings().toPlainString() + " coins, "
                + state.confirmedEarnings().toPlainString() + " confirmed, "
                + state.heldEarnings().toPlainString() + " held, " + (state.active() ? "mining" : "idle") + ", "
                + sync(state);
    }

    /** One object in one line. */
    static String json(EarningsState state) {
        return JsonLine.of(json -> {
            json.writeStringProperty("user", state.userId());
            json.writeStringProperty("currentEarnings", state.currentEarnings().toPlainString());
            json.writeStringProperty(
                    "confirmedEarnings", state.confirmedEarnings().toPlainString());
            json.writeStringProperty("heldEarnings", state.heldEarnings().toPlainString());
            json.writeStringProperty("rate", state.rate().toPlainString());
            json.writeStringProperty("baseRate", state.baseRate().toPlainString());
            json.writeStringProperty("lastUpdate", state.lastUpdate().toString());
            json.writeStringProperty("startDate", state.startDate().toString());
            json.writeBooleanProperty("active", state.active());
            json.writeStringProperty("syncStatus", sync(state));
        });
    }

    private static String sync(EarningsState state) {
        return state.syncStatus().name().toLowerCase(Locale.ROOT);
    }
}
