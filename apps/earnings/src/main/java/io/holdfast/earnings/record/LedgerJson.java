package io.holdfast.earnings.record;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.amount.Spans;
import io.holdfast.earnings.ledger.Allowance;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A ledger as JSON, without its amounts, which have columns of their own:
 *
 * <pre>{@code
 * {"allowance": [micros, at], "cap": micros, "horizon": at, "left": parts, "lookback": micros,
 *  "rates": [[from, units], ...], "settled": [[from, until], ...], "start": units}
 * }</pre>
 *
 * <p>Times are microseconds since 1970; {@code left} is what rounding left over; {@code horizon} is absent if there is none.
 * Numbers below 2^53 only, except {@code units}, which are texts.
 */
public record LedgerJson(Ledger ledger, Terms terms) {

    /** The JSON text, canonical. */
    public io.holdfast.core.schema.binding.JsonText json() {
        String rates = ledger.rates().from().entrySet().stream()
                .map(change -> "[" + change.getKey() + ",\"" + change.getValue().units() + "\"]")
                .collect(Collectors.joining(","));
        String settled = ledger.settled().spans().stream()
                .map(span -> "[" + span.from() + "," + span.until() + "]")
                .collect(Collectors.joining(","));
        String horizon = ledger.horizon() == Long.MIN_VALUE ? "" : "\"horizon\":" + ledger.horizon() + ",";
        return new io.holdfast.core.schema.binding.JsonText("{\"allowance\":["
                + ledger.allowance().micros() + "," + ledger.allowance().atMicros() + "],\"cap\":"
                + micros(terms.cap()) + "," + horizon + "\"left\":"
                + ledger.balance().left() + ",\"lookback\":"
                + micros(terms.lookback()) + ",\"rates\":[" + rates + "],\"settled\":[" + settled + "],\"start\":\""
                + terms.rate().units() + "\"}");
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /**
     * Reads it back.
     *
     * @param current the balance's column
     * @param total the column of all that was ever granted
     * @throws IllegalArgumentException if it is not such a JSON
     */
    public static LedgerJson read(io.holdfast.core.schema.binding.JsonText json, Coins current, Coins total) {
        Reader in = new Reader(JsonText.read(json.json()));
        List<Long> allowance = in.pair("allowance");
        SortedMap<Long, Coins> rates = new TreeMap<>();
        for (JsonTree change : in.elements("rates")) {
            List<JsonTree> parts = Reader.elements(change);
            rates.put(Reader.number(parts.get(0)), Reader.coins(parts.get(1)));
        }
        List<Span> settled = new ArrayList<>();
        for (JsonTree span : in.elements("settled")) {
            List<JsonTree> ends = Reader.elements(span);
            settled.add(new Span(Reader.number(ends.get(0)), Reader.number(ends.get(1))));
        }
        long left = in.number("left");
        return new LedgerJson(
                new Ledger(
                        Accrued.stored(current, left),
                        Accrued.stored(total, left),
                        new Rates(rates),
                        new Spans(settled),
                        in.has("horizon") ? in.number("horizon") : Long.MIN_VALUE,
                        new Allowance(allowance.get(0), allowance.get(1))),
                new Terms(
                        Reader.coins(in.member("start")),
                        Duration.ofNanos(in.number("cap") * 1_000),
                        Duration.ofNanos(in.number("lookback") * 1_000)));
    }

    private record Reader(JsonTree tree) {
        private Map<String, JsonTree> members() {
            if (tree instanceof JsonTree.Members object) {
                return object.members();
            }
            throw new IllegalArgumentException("a ledger is a JSON object");
        }

        boolean has(String name) {
            return members().containsKey(name);
        }

        JsonTree member(String name) {
            JsonTree member = members().get(name);
            if (member == null) {
                throw new IllegalArgumentException("a ledger has " + name);
            }
            return member;
        }

        long number(String name) {
            return number(member(name));
        }

        List<JsonTree> elements(String name) {
            return elements(member(name));
        }

        List<Long> pair(String name) {
            List<JsonTree> both = elements(name);
            return List.of(number(both.get(0)), number(both.get(1)));
        }

        static long number(JsonTree tree) {
            if (tree instanceof JsonTree.Numeral numeral) {
                return Long.parseLong(numeral.literal());
            }
            throw new IllegalArgumentException("a ledger's times are numbers");
        }

        static Coins coins(JsonTree tree) {
            if (tree instanceof JsonTree.Text text) {
                return new Coins(Long.parseLong(text.text()));
            }
            throw new IllegalArgumentException("a ledger's units are texts");
        }

        static List<JsonTree> elements(JsonTree tree) {
            if (tree instanceof JsonTree.Elements array) {
                return array.elements();
            }
            throw new IllegalArgumentException("a ledger's lists are arrays");
        }
    }
}
