module github.com/stampede-load/stampede/bench/stub

go 1.25
