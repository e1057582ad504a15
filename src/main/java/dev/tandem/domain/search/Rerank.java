package dev.tandem.domain.search;

/**
 * That a model which reads query and text together decides the order of the best hits.
 *
 * @param model the name of the reranker
 * @param top how many of the best hits it orders; the others follow as they were
 */
public record Rerank(String model, int top) {}
