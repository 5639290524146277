// Command k6 is k6 with Stampede's modules and output linked in.
package main

import (
	"go.k6.io/k6/v2/cmd"

	_ "github.com/stampede-load/stampede/extension"
)

func main() {
	keepHeap()
	cmd.Execute()
}
