module github.com/stampede-load/stampede/testbed/kubernetes/programs/pause

go 1.25.0
