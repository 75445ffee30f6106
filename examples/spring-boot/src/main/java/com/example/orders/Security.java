package com.example.orders;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Whose access tokens count, and who may call what. */
@Configuration
class Security {
    @Bean
    SecurityFilterChain routes(HttpSecurity http) {
        return http
                .authorizeHttpRequests(routes -> routes
                        .requestMatchers("/reports").hasRole("admin")
                        .anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                .build();
    }

    /**
     * Nimbus takes tokens of the type JWT alone by itself; Spring's own validators
     * ask for at+jwt (RFC 9068) in its place. They let a token live for a minute
     * after it has expired; here it is five seconds.
     */
    @Bean
    JwtDecoder decoder(@Value("${issuer}") String issuer) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(issuer + "/.well-known/jwks.json")
                .jwsAlgorithm(SignatureAlgorithm.ES256).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(issuer).audience(issuer).clientId("sallyport")
                .validators(all -> all.put("exp", new JwtTimestampValidator(Duration.ofSeconds(5))))
                .build());
        return decoder;
    }
}
