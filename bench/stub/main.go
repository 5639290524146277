// Command stub is an order platform that answers at once and keeps nothing, so that a bench measures the load generator
// and not the platform. It speaks the seed flow (docs/contract.md); an order is final at its first poll.
//
// It prints its address as the first line and ends when its standard input closes.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync/atomic"
)

// counts are what a bench reads at /stub/counts.
type counts struct {
	orders   atomic.Int64 // ids given out
	requests atomic.Int64
	// unexpected requests are none of the flow's: a bench that made one measured something else.
	unexpected atomic.Int64
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, newHandler(new(counts))))
}

func newHandler(c *counts) http.Handler {
	mux := http.NewServeMux()
	step := func(pattern string, status int, body func(*http.Request) string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			c.requests.Add(1)
			_, _ = io.Copy(io.Discard, r.Body)
			answer(w, status, body(r))
		})
	}
	step("POST /api/carts/initialize", http.StatusCreated, func(*http.Request) string {
		return `{"cartId":"` + c.nextID() + `"}`
	})
	step("POST /api/carts/{id}/items", http.StatusOK, func(*http.Request) string { return `{}` })
	step("POST /api/carts/{id}/checkout", http.StatusCreated, func(*http.Request) string {
		return `{"orderId":"` + c.nextID() + `"}`
	})
	step("POST /api/orders/{id}/complete", http.StatusAccepted, func(r *http.Request) string {
		return `{"orderId":"` + r.PathValue("id") + `"}`
	})
	step("GET /api/orders/{id}", http.StatusOK, func(r *http.Request) string {
		return `{"orderId":"` + r.PathValue("id") + `","status":"Fulfilling"}`
	})
	mux.HandleFunc("GET /stub/counts", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, fmt.Sprintf(`{"requests":%d,"unexpected":%d}`, c.requests.Load(), c.unexpected.Load()))
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		c.unexpected.Add(1)
		answer(w, http.StatusNotFound, `{}`)
	})
	return mux
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// nextID looks like the UUID that a platform would give.
func (c *counts) nextID() string {
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", c.orders.Add(1))
}
