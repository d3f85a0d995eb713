package io.holdfast.simulation.world;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import java.util.Optional;

/** What a device's token lets it do. All devices of a world belong to one principal, who owns their replicas. */
enum Access {
    /** Everything a device does. */
    WRITING(Role.DEVICE, Optional.empty(), Optional.empty()),
    /** The rules refuse every change. */
    READING(Role.VIEWER, Optional.empty(), Optional.of(Fault.PERMISSION_CHANGE)),
    /** Nothing: the scope is not its own any more. */
    NONE(Role.DEVICE, Optional.of(ErrorCode.FORBIDDEN), Optional.of(Fault.PERMISSION_CHANGE)),
    /** Nothing, until the token is renewed. */
    EXPIRED(Role.DEVICE, Optional.of(ErrorCode.AUTH_REQUIRED), Optional.of(Fault.TOKEN_EXPIRY)),
    /** Nothing, until it has another token. */
    REVOKED(Role.DEVICE, Optional.of(ErrorCode.AUTH_REQUIRED), Optional.of(Fault.TOKEN_REVOCATION));

    private final Principal principal;
    private final Optional<ErrorCode> refusal;
    private final Optional<Fault> cause;

    Access(Role role, Optional<ErrorCode> refusal, Optional<Fault> cause) {
        this.principal = new Principal("user", role);
        this.refusal = refusal;
        this.cause = cause;
    }

    /** Who asks. */
    Principal principal() {
        return principal;
    }

    /** Why the request is refused; empty if it is not. */
    Optional<ErrorCode> refusal() {
        return refusal;
    }

    /** The misfortune behind it; empty for the usual. */
    Optional<Fault> cause() {
        return cause;
    }
}
