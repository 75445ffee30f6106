# The image of Sallyport: one static binary, certificates, and no shell. Build it
# from the root of the checkout:
#
#   docker build --build-arg VERSION=v1.2.3 -t sallyport:v1.2.3 .
#
# There is no HEALTHCHECK: it would need a program in the image that asks, and
# whoever runs the container asks better, on the operations listener: /livez
# to restart it, /readyz to send it requests.

ARG GO_IMAGE=golang:1.26.8

FROM --platform=$BUILDPLATFORM ${GO_IMAGE} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
ARG VERSION=dev
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /out/sallyport ./cmd/sallyport \
    && install -d -m 0700 /out/data \
    && install -d -m 1777 /out/tmp

FROM scratch
LABEL org.opencontainers.image.title="Sallyport" \
      org.opencontainers.image.description="A self-hosted authentication server" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /var/lib/sallyport
COPY --from=build /out/sallyport /sallyport
COPY LICENSE /LICENSE
# Inside a container only the container itself is on 127.0.0.1.
ENV SALLYPORT_LISTEN=:8080 \
    SALLYPORT_OPS_LISTEN=:8081 \
    SALLYPORT_DATA_DIR=/var/lib/sallyport
EXPOSE 8080 8081
VOLUME ["/var/lib/sallyport"]
USER 65532:65532
ENTRYPOINT ["/sallyport"]
CMD ["serve"]
