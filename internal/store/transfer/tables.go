package transfer

import "github.com/sallyport-auth/sallyport/internal/store"

// Table is what is copied of a table of the schema.
type Table struct {
	Name    string
	Key     int      // so many of the columns, from the first, are the primary key
	Columns []string // in the order of the schema
}

// rows names what is copied of a table, as a statement goes on: of facts, neither
// what this package writes nor what belongs to a file.
func (t Table) rows() string {
	if t.Name == "facts" {
		return " FROM facts WHERE name NOT IN ('" + store.FactTransferUnfinished + "', '" + store.FactFileEnd + "', '" + probe + "')"
	}
	return " FROM " + t.Name
}

// Tables is every table of the schema, those that others refer to first.
func Tables() []Table {
	var tables []Table
	for _, t := range store.Tables() {
		tables = append(tables, Table{Name: t.Name, Key: t.Key, Columns: t.Names()})
	}
	return tables
}
