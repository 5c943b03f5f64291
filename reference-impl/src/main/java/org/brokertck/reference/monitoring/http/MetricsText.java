package org.brokertck.reference.monitoring.http;

/**
 * Metrics as a scraper gets them.
 *
 * @param contentType the format with its version
 * @param text in that format
 */
public record MetricsText(String contentType, String text) {}
