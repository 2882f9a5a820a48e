"""Who a statement is by: the candidates of a page, weighed by what was learned from many pages."""
