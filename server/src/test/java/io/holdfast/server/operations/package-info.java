@org.jspecify.annotations.NullMarked
package io.holdfast.server.operations;
