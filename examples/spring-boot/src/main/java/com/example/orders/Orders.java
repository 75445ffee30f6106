package com.example.orders;

import java.time.Instant;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API whose routes are protected by Sallyport. */
@SpringBootApplication
@RestController
public class Orders {
    public static void main(String[] args) {
        SpringApplication.run(Orders.class, args);
    }

    @GetMapping("/orders")
    Map<String, String> orders(@AuthenticationPrincipal Jwt user) {
        return Map.of("orders_of", user.getSubject());
    }

    @GetMapping("/reports")
    Map<String, String> reports(@AuthenticationPrincipal Jwt user) {
        return Map.of("reports_for", user.getSubject());
    }

    /** For users who signed in during the last five minutes (RFC 9470). */
    @DeleteMapping("/orders")
    ResponseEntity<Map<String, String>> deleteOrders(@AuthenticationPrincipal Jwt user) {
        if (user.getClaimAsInstant("auth_time").isBefore(Instant.now().minusSeconds(300))) {
            return ResponseEntity.status(401)
                    .header("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", max_age=\"300\"").build();
        }
        return ResponseEntity.ok(Map.of("deleted_orders_of", user.getSubject()));
    }
}
