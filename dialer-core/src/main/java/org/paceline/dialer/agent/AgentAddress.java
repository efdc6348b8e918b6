package org.paceline.dialer.agent;

/** Where an agent's phone is called, a SIP URI such as {@code sip:alice@127.0.0.1:5071}. */
public record AgentAddress(String uri) {}
