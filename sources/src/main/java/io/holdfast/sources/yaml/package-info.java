/** YAML 1.2 and JSON as texts, lists and groups of keys, each with its line; read strictly. */
@NullMarked
package io.holdfast.sources.yaml;

import org.jspecify.annotations.NullMarked;
