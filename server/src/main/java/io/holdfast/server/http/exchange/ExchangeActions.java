package io.holdfast.server.http.exchange;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.Sender;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.http.events.EventHub;
import io.holdfast.server.metrics.ServerMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code POST /v1/replicas}, {@code /v1/exchange} and {@code /v1/reconcile}. Thread-safe. */
public final class ExchangeActions {

    private final ScopeServers servers;
    private final EventHub hub;
    private final ServerMetrics metrics;
    private final Timed timed;

    /**
     * @param hub is told of every scope that an exchange moved
     * @param watchers are told of every message, by the name of the schema
     */
    public ExchangeActions(
            ScopeServers servers,
            EventHub hub,
            ServerMetrics metrics,
            Ticker ticker,
            Map<String, Consumer<Exchanged>> watchers) {
        this.servers = servers;
        this.hub = hub;
        this.metrics = metrics;
        this.timed = new Timed(metrics, ticker, watchers);
    }

    /** Makes a replica known. */
    public Answer register(Call call) {
        byte[] body = body(call);
        RegisterRequest request = ExchangeCodec.readRegisterRequest(body);
        Sender sender = admitted(call, request.sender());
        return Answer.json(timed.run(
                new Timed.Message("register", sender, body.length),
                () -> servers.of(sender).register(call.access().principal(), request),
                done -> "done",
                ExchangeCodec::write));
    }

    /** Pushes a batch and pulls what has changed. */
    public Answer exchange(Call call) {
        byte[] body = body(call);
        ExchangeRequest request = ExchangeCodec.readExchangeRequest(body);
        Sender sender = admitted(call, request.sender());
        return Answer.json(timed.run(
                new Timed.Message("exchange", sender, body.length),
                () -> exchanged(call, sender, request),
                ExchangeActions::outcome,
                ExchangeCodec::write));
    }

    private ExchangeAnswer exchanged(Call call, Sender sender, ExchangeRequest request) {
        ExchangeAnswer answer = servers.of(sender).exchange(call.access().principal(), request);
        if (answer instanceof ExchangeAnswer.Applied applied) {
            count(applied);
            newest(applied).ifPresent(sequence -> hub.moved(sender.scope(), sequence));
        }
        return answer;
    }

    /** Locates differences. */
    public Answer reconcile(Call call) {
        byte[] body = body(call);
        ReconcileRequest request = ReconcileCodec.readReconcileRequest(body);
        Sender sender = admitted(call, request.sender());
        return Answer.json(timed.run(
                new Timed.Message("reconcile", sender, body.length),
                () -> reconciled(call, sender, request),
                done -> done.reply().getClass().getSimpleName().toLowerCase(Locale.ROOT),
                ReconcileCodec::write));
    }

    private ReconcileAnswer reconciled(Call call, Sender sender, ReconcileRequest request) {
        ReconcileAnswer answer = servers.of(sender).reconcile(call.access().principal(), request);
        metrics.records(answer.changes().size());
        return answer;
    }

    private byte[] body(Call call) {
        byte[] body = call.jsonBody();
        metrics.received(body.length);
        return body;
    }

    private static Sender admitted(Call call, Sender sender) {
        call.access().requireScope(sender.scope());
        return sender;
    }

    private static String outcome(ExchangeAnswer answer) {
        return switch (answer) {
            case ExchangeAnswer.Applied ignored -> "applied";
            case ExchangeAnswer.Forked ignored -> "forked";
            case ExchangeAnswer.EpochChanged ignored -> "epoch_changed";
            case ExchangeAnswer.Unregistered ignored -> "unregistered";
        };
    }

    private void count(ExchangeAnswer.Applied applied) {
        metrics.records(applied.changes().size());
        applied.results().stream()
                .collect(Collectors.groupingBy(ExchangeActions::result, Collectors.counting()))
                .forEach(metrics::changes);
    }

    private static String result(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Accepted ignored -> "accepted";
            case ChangeResult.Merged ignored -> "merged";
            case ChangeResult.Conflict conflict -> conflict.stood() ? "conflict" : "superseded";
            case ChangeResult.Refused ignored -> "refused";
        };
    }

    /** The newest sequence that the batch wrote; an answer that repeats an older one does no harm as a hint. */
    private static Optional<Long> newest(ExchangeAnswer.Applied applied) {
        return applied.results().stream()
                .mapMultiToLong((result, sequences) -> {
                    switch (result) {
                        case ChangeResult.Accepted accepted -> sequences.accept(accepted.sequence());
                        case ChangeResult.Merged merged ->
                            sequences.accept(merged.record().sequence());
                        case ChangeResult.Conflict conflict ->
                            sequences.accept(conflict.record().sequence());
                        case ChangeResult.Refused ignored -> {}
                    }
                })
                .boxed()
                .max(Long::compare);
    }
}
