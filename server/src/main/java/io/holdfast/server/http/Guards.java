package io.holdfast.server.http;

import io.holdfast.server.http.access.Admission;
import io.holdfast.server.http.access.HostGuard;
import io.holdfast.server.http.access.SignIn;
import io.holdfast.server.http.body.BodyMemory;

/** What a request must pass, one for the whole server. */
record Guards(HostGuard host, Admission admission, SignIn signIn, BodyMemory memory) {}
