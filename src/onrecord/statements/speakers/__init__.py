"""From the words at the saying to whom the page means: names, antecedents, apposition, salience."""
