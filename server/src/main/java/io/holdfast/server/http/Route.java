package io.holdfast.server.http;

import io.holdfast.core.exchange.Role;
import java.util.Set;

/**
 * One address of the API.
 *
 * @param path with {@code {names}} of its variable parts
 * @param roles those that may call it; none for everybody, even without a token
 * @param kind how it is treated
 */
public record Route(Method method, String path, Set<Role> roles, Kind kind, Action action) {

    /** Copies. */
    public Route {
        roles = Set.copyOf(roles);
    }

    /** The methods in use. */
    public enum Method {
        /** Reads. */
        GET,
        /** Sends. */
        POST,
        /** Replaces. */
        PUT,
        /** Ends. */
        DELETE
    }

    /** How requests to an address are treated. */
    public enum Kind {
        /** Answered in one piece, counted among the running requests, awaited at shutdown. */
        ORDINARY,
        /** Answered for as long as the client listens; ended at shutdown. */
        STREAM,
        /** Answered always, however busy the server is. */
        PROBE
    }

    /** What answers. */
    @FunctionalInterface
    public interface Action {
        /**
         * The answer to one request.
         *
         * @throws io.holdfast.core.error.HoldfastException with the code of any refusal
         */
        Answer answer(Call call);
    }

    /** An address for everybody. */
    public static Route open(Method method, String path, Action action) {
        return new Route(method, path, Set.of(), Kind.ORDINARY, action);
    }

    /** An address for some roles. */
    public static Route of(Method method, String path, Set<Role> roles, Action action) {
        return new Route(method, path, roles, Kind.ORDINARY, action);
    }

    /** The same address, treated otherwise. */
    public Route as(Kind otherKind) {
        return new Route(method, path, roles, otherKind, action);
    }
}
