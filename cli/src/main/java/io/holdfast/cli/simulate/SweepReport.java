package io.holdfast.cli.simulate;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.simulation.Report;
import io.holdfast.simulation.Summary;
import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.WorldOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * What a run of many worlds came to, for people and for programs.
 *
 * @param threads how many worlds ran at the same time
 * @param took how long all took together
 */
record SweepReport(WorldOptions options, SeedRange seeds, int threads, Duration took, Sweep.Result result) {

    private Summary summary() {
        return result.summary();
    }

    /**
     * Prints it for people.
     *
     * @param replay the command that runs a finding again
     */
    void print(PrintStream out, Optional<Report> finding, Function<Report, String> replay) {
        finding.ifPresent(report -> {
            out.println(report.violation().map(Throwable::getMessage).orElse(""));
            out.println();
            out.println("The shortest way to it that was found ("
                    + report.schedule().size() + " lines, seed " + report.seed() + "):");
            report.schedule().forEach(line -> out.println("  " + line));
            out.println();
            out.println("The same again: " + replay.apply(report));
            out.println();
        });
        TextTable table = new TextTable(List.of("fault", "happened", "in worlds", "of these clean", "effect"));
        for (Fault fault : Fault.values()) {
            Summary.Line line = summary().line(fault);
            if (line.happened() > 0) {
                table.add(List.of(
                        fault.name(),
                        number(line.happened()),
                        number(line.worlds()),
                        number(line.clean()),
                        number(line.effects()) + " " + fault.effect()));
            }
        }
        table.print(out);
        out.println();
        out.println(sentence());
    }

    private String sentence() {
        return number(summary().worlds()) + " of " + number(seeds.count()) + " worlds of " + options.devices()
                + " devices, " + number(options.records()) + " records and " + options.length() + ": "
                + number(summary().clean()) + " clean, in " + seconds(took) + " on " + threads
                + (threads == 1 ? " thread." : " threads.") + speed("in memory", result.inMemory())
                + speed("on SQLite files", result.onFiles());
    }

    /** What a second of processor time makes: the same however busy the machine is, and however many threads there are. */
    private static String speed(String where, Effort effort) {
        if (effort.worlds() == 0 || effort.processor().isZero()) {
            return "";
        }
        return System.lineSeparator() + "The " + number(effort.worlds())
                + (effort.worlds() == 1 ? " world " : " worlds ") + where + ": "
                + number(Math.round(effort.rate(effort.worlds()))) + " worlds and "
                + number(Math.round(effort.rate(effort.events()))) + " events per second of one processor.";
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1_000.0);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Prints it as one JSON object. */
    void printJson(PrintStream out, Optional<Report> finding, Function<Report, String> replay) {
        JsonLine.print(out, json -> {
            json.writeNumberProperty("first", seeds.first());
            json.writeNumberProperty("last", seeds.last());
            json.writeNumberProperty("worlds", summary().worlds());
            json.writeNumberProperty("clean", summary().clean());
            json.writeNumberProperty("events", summary().tally().events());
            json.writeNumberProperty("millis", took.toMillis());
            json.writeNumberProperty("threads", threads);
            write(json, "inMemory", result.inMemory());
            write(json, "onFiles", result.onFiles());
            json.writeArrayPropertyStart("faults");
            for (Fault fault : Fault.values()) {
                write(json, summary().line(fault));
            }
            json.writeEndArray();
            finding.ifPresent(report -> write(json, report, replay.apply(report)));
        });
    }

    private static void write(JsonGenerator json, String name, Effort effort) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("worlds", effort.worlds());
        json.writeNumberProperty("events", effort.events());
        json.writeNumberProperty("processorMillis", effort.processor().toMillis());
        json.writeNumberProperty("worldsPerSecond", effort.rate(effort.worlds()));
        json.writeNumberProperty("eventsPerSecond", effort.rate(effort.events()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Summary.Line line) {
        json.writeStartObject();
        json.writeStringProperty("fault", line.fault().name());
        json.writeNumberProperty("happened", line.happened());
        json.writeNumberProperty("worlds", line.worlds());
        json.writeNumberProperty("clean", line.clean());
        json.writeNumberProperty("effects", line.effects());
        json.writeStringProperty("effect", line.fault().effect());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Report report, String replay) {
        json.writeObjectPropertyStart("finding");
        json.writeNumberProperty("seed", report.seed());
        json.writeStringProperty(
                "message", report.violation().map(Throwable::getMessage).orElse(""));
        json.writeArrayPropertyStart("schedule");
        report.schedule().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("choices", report.choices());
        json.writeStringProperty("replay", replay);
        json.writeEndObject();
    }
}
