/** The service: a package per feature. */
@NullMarked
package io.armwise.service;

import org.jspecify.annotations.NullMarked;
