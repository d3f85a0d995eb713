package io.holdfast.server.http.app;

import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.system.Machine;

/**
 * What a server gives to an application.
 *
 * @param scopes decides and writes for the application's schema
 * @param storage of all scopes
 * @param machine time and chance
 */
public record Hosting(ScopeServer scopes, ServerStorage storage, Machine machine) {}
