package io.holdfast.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.server.auth.Access;
import io.holdfast.server.http.access.Admission;
import io.holdfast.server.http.access.Credentials;
import io.holdfast.server.http.access.SessionCookie;
import io.holdfast.server.http.body.BodyMemory;
import io.holdfast.server.http.problem.Problem;
import io.holdfast.server.http.problem.Problems;
import io.holdfast.server.metrics.ServerMetrics;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each request of a known address through the same steps: admission, sign-in, role, the address's own action, and
 * the answer, be it a refusal. Thread-safe.
 */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String UNMATCHED = "unmatched";

    private final Guards guards;
    private final Problems problems;
    private final ServerMetrics metrics;
    private final Ticker ticker;

    Gate(Guards guards, Problems problems, ServerMetrics metrics, Ticker ticker) {
        this.guards = guards;
        this.problems = problems;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /**
     * Checks any request, of a known address or not, and sets the headers of every answer.
     *
     * @throws io.holdfast.core.error.HoldfastException REQUEST_INVALID, FORBIDDEN
     */
    void guard(Context context) {
        SecurityHeaders.ALL.forEach(context.res()::setHeader);
        HttpServletRequest request = context.req();
        guards.host()
                .check(request.getScheme(), header(request, "Host"), header(request, "Origin"), request.getLocalAddr());
    }

    /** Answers a request that reached no address. */
    void refuse(Exception refused, Context context) {
        if (refused instanceof ClientGoneException) {
            LOG.debug("client gone", refused);
            return;
        }
        Problem problem = problems.of(refused, UNMATCHED);
        metrics.request("any", UNMATCHED, problem.status(), Duration.ZERO);
        try {
            new AnswerWriter(context, metrics).write(problem);
        } catch (ClientGoneException gone) {
            LOG.debug("client gone", gone);
        }
    }

    /** Answers a request that broke the virtual machine's limits, such as its memory. */
    void fail(HttpServletResponse response, Throwable error) {
        Problem problem = problems.of(error, UNMATCHED);
        try {
            if (!response.isCommitted()) {
                response.setStatus(problem.status());
                response.setContentType(Problem.MEDIA_TYPE);
                response.getOutputStream().write(problem.body());
            }
        } catch (IOException gone) {
            LOG.debug("client gone", gone);
        }
    }

    /** Answers one request. */
    void serve(Route route, Context context) throws IOException {
        long start = ticker.read();
        try {
            answer(route, context);
        } finally {
            metrics.request(
                    route.method().name(),
                    route.path(),
                    context.res().getStatus(),
                    Duration.ofNanos(ticker.read() - start));
        }
    }

    private void answer(Route route, Context context) throws IOException {
        AnswerWriter writer = new AnswerWriter(context, metrics);
        try (Admission.Entry entry = enter(route);
                BodyMemory.Lease lease = guards.memory().lease()) {
            Call call = new Call(context, access(route, context), lease);
            writer.write(route.action().answer(call));
        } catch (ClientGoneException gone) {
            throw gone;
        } catch (Exception refused) {
            writer.write(problem(refused, route));
        }
    }

    private Problem problem(Exception refused, Route route) {
        return problems.of(refused, route.method() + " " + route.path());
    }

    private Admission.Entry enter(Route route) {
        return switch (route.kind()) {
            case ORDINARY -> guards.admission().enter();
            case STREAM, PROBE -> () -> {};
        };
    }

    private Optional<Access> access(Route route, Context context) {
        Credentials credentials = credentials(context.req(), route);
        if (route.roles().isEmpty()) {
            return Optional.empty();
        }
        Access access = guards.signIn().of(credentials);
        access.requireRole(route.roles());
        return Optional.of(access);
    }

    private static Credentials credentials(HttpServletRequest request, Route route) {
        return new Credentials(
                header(request, "Authorization"),
                Cookies.value(header(request, "Cookie"), SessionCookie.name(request.isSecure())),
                header(request, SessionCookie.CSRF_HEADER),
                route.method() != Route.Method.GET,
                request.getRemoteAddr());
    }

    private static String header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }
}
