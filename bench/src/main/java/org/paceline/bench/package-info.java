@org.jspecify.annotations.NullMarked
package org.paceline.bench;
