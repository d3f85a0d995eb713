package io.holdfast.server.http;

import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.auth.Authenticator;
import io.holdfast.server.auth.OneTimeLinks;
import io.holdfast.server.auth.TokenCache;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.foreign.Folder;
import io.holdfast.server.foreign.Folding;
import io.holdfast.server.http.access.Admission;
import io.holdfast.server.http.access.HostGuard;
import io.holdfast.server.http.access.RateLimits;
import io.holdfast.server.http.access.SignIn;
import io.holdfast.server.http.body.BodyMemory;
import io.holdfast.server.http.events.EventHub;
import io.holdfast.server.http.events.EventsAction;
import io.holdfast.server.http.events.StreamCount;
import io.holdfast.server.http.exchange.ExchangeActions;
import io.holdfast.server.http.exchange.ScopeServers;
import io.holdfast.server.http.look.GapsAction;
import io.holdfast.server.http.look.HealthAction;
import io.holdfast.server.http.look.RecordsAction;
import io.holdfast.server.http.look.ScopesAction;
import io.holdfast.server.http.page.PageActions;
import io.holdfast.server.http.problem.Problems;
import io.holdfast.server.http.sync.ProgressStreams;
import io.holdfast.server.http.sync.SyncRoutes;
import io.holdfast.server.metrics.MeteredStorage;
import io.holdfast.server.metrics.ServerMetrics;
import io.holdfast.server.operations.RunMeter;
import io.holdfast.server.operations.RunServices;
import io.holdfast.server.scrub.Scrubbing;
import io.holdfast.server.system.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the parts of a server together; the only place that knows them all. */
record Assembly(
        ServerStorage storage,
        Admission admission,
        EventHub hub,
        OneTimeLinks links,
        ServerMetrics metrics,
        Guards guards,
        Problems problems,
        Machine machine,
        Scrubbing scrubbing,
        Folding folding,
        Applications applications,
        Optional<RunServices> runs,
        List<Route> routes) {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    static Assembly of(ServerConfig config, Foundation foundation) {
        Machine machine = foundation.machine();
        ServerMetrics metrics = new ServerMetrics();
        ServerStorage storage = new MeteredStorage(foundation.storage(), metrics, machine.ticker());
        TokenCache tokens = new TokenCache(foundation.tokens(), machine.ticker());
        Authenticator authenticator = new Authenticator(tokens, machine.clock());
        Admission admission = new Admission(config.quotas().concurrentMax());
        BodyMemory memory = new BodyMemory(config.quotas().bodyMemoryBytes());
        SignIn signIn = new SignIn(authenticator, new RateLimits(config.quotas(), machine.ticker()));
        Guards guards = new Guards(new HostGuard(config.listen()), admission, signIn, memory);

        EventHub hub = new EventHub();
        StreamCount streams = new StreamCount(config.quotas().eventStreamsMax());
        watch(metrics, streams, admission);
        ScopeServers servers = new ScopeServers(
                foundation.schemas(),
                schema -> new ScopeServer(storage, schema, foundation.rules(), machine.clock(), machine.random())
                        .deciding(foundation.decisions().getOrDefault(schema.name(), DecisionRules.NONE)));
        Applications applications = Applications.host(foundation, servers, storage);
        OneTimeLinks links = new OneTimeLinks(machine.random(), machine.ticker());
        TokenMint mint = new TokenMint(foundation.tokens(), machine.clock(), machine.random());
        EventsAction.Pace pace = new EventsAction.Pace(config.heartbeat(), machine.ticker());
        foundation.runs().ifPresent(runs -> runs.watch(new RunMeter(metrics)));
        ProgressStreams progress =
                new ProgressStreams(streams, authenticator, hub, config.heartbeat(), machine.ticker());
        Routes.Actions actions = new Routes.Actions(
                new ExchangeActions(servers, hub, metrics, machine.ticker(), applications.watchers()),
                new EventsAction(hub, streams, storage, authenticator, pace, metrics),
                new RecordsAction(servers.all(), storage),
                new ScopesAction(storage, machine.clock()),
                new GapsAction(storage),
                new PageActions(new PageActions.Sessions(mint, foundation.tokens(), tokens, machine.clock()), links),
                new HealthAction(storage, admission, machine.ticker(), applications.health()),
                call -> new Answer.Whole(
                        200, METRICS_TYPE, metrics.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of()));
        return new Assembly(
                storage,
                admission,
                hub,
                links,
                metrics,
                guards,
                new Problems(machine.random()),
                machine,
                new Scrubbing(storage, machine, config.scrub(), metrics.scrub(machine.clock())),
                new Folding(new Folder(storage, servers::ofCollection, hub::moved, metrics.foreign()), machine),
                applications,
                foundation.runs(),
                routes(applications, Routes.of(actions, config.metricsAreOpen()), foundation, progress));
    }

    private static List<Route> routes(
            Applications applications, List<Route> server, Foundation foundation, ProgressStreams progress) {
        List<Route> all = new ArrayList<>(server);
        foundation.runs().ifPresent(runs -> all.addAll(SyncRoutes.of(runs.operations(), runs.starter(), progress)));
        List<String> parts =
                foundation.runs().map(runs -> SyncRoutes.description()).stream().toList();
        return applications.routes(all, parts);
    }

    private static void watch(ServerMetrics metrics, StreamCount streams, Admission admission) {
        metrics.watch("holdfast.events.streams", "Event streams open now", streams::all);
        metrics.watch("holdfast.http.running", "Requests running now", admission::running);
    }

    HoldfastServer server(ServerConfig config) {
        Gate gate = new Gate(guards, problems, metrics, machine.ticker());
        return new HoldfastServer(config, JavalinSetup.create(config, routes, gate), this);
    }
}
