using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Tests.Routing;
using Xunit;

namespace SyncHealth.Alerting.Tests.Rules;

public sealed class RuleDocumentWriterTests
{
    private const string Full = """
        rules:
          - name: slow-on-cellular
            metric: duration_p90_ms
            above: 9000.5
            recover: 8000
            app: notes
            environment: beta
            filter: ["os:android", "tag:cohort:beta"]
            by: [app_version, network]
            ignoreErrors: [offline, cancelled]
            window: 30m
            for: 10m
            keepFiringFor: 5m
            clock: event
            lateLimit: 1d
            mode: point
            confidence: 0.99
            minAttempts: 50
            minDevices: 0
            noData: alert
            newGroupGrace: 2h
            groupWait: 0s
            severity: ticket
            notify: [jira]
            labels: { team: sync }
            annotations: { hint: "look: at merges" }
            runbook: "https://wiki.example.com/merges"
          - name: drop
            metric: success_rate
            dropsBy: 2
            comparedWith: previous_release
            recover: 1
            by: [app_version]
          - name: deep
            metric: queue_depth_share
            above: 1
            depthOver: 1000
          - name: fresh
            metric: freshness_share
            below: 95
            staleAfter: 15m
            excludeOffline: true
          - name: silent
            metric: silent_fleet
            below: 50
          - name: releases
            metric: release_verdict
            for: 1h
          - name: releases-by-segment
            metric: release_verdict
            filter: ["network:cellular"]
            by: [app_version, os, network]
            keepFiringFor: 1h
        routes:
          - match: ["severity=critical", "app_version=~2\\.5\\..*"]
            notify: [pagerduty]
            continue: true
            groupBy: [app]
            groupWait: 30s
            groupInterval: 5m
            repeatInterval: 4h
            muteTimes: [nights]
            activeTimes: []
            routes:
              - match: ["os=ios"]
                groupBy: ["..."]
          - notify: [slack]
        timeIntervals:
          nights:
            - zone: Europe/Berlin
              times: ["22:00-24:00", "00:00-06:00"]
              weekdays: [monday-friday, sunday]
              daysOfMonth: ["1..7", "-3..-1", "15"]
              months: [june-august]
              years: ["2026", "2027..2030"]
            - times: ["12:00-13:00"]
        receivers:
          ops:
            type: jira
            baseUrl: "https://x.example"
            email: "e@x"
            project: OPS
            tokenFile: t

        """;

    /// <summary>Written canonically, so read and written it is the same file, byte by byte.</summary>
    [Fact]
    public void Write_WhatWasRead_IsTheSameFile() => Assert.Equal(Full.ReplaceLineEndings("\n"), RuleDocumentWriter.Write(Read(Full)));

    /// <summary>Export, import, export: byte-equal, and nothing of the rule is lost on the way.</summary>
    [Fact]
    public void Write_AnyRules_SurviveTheRoundTrip() => Prop.ForAll(SomeRules.Documents.ToArbitrary(), document =>
    {
        var first = RuleDocumentWriter.Write(document);
        var read = RuleDocumentReader.Read(first);
        return read.Document is { } again
            && RuleDocumentWriter.Write(again) == first
            && again.Rules.Zip(document.Rules).All(pair => SomeRules.Same(pair.First, pair.Second));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    [Fact]
    public void Write_AnyRoutes_SurviveTheRoundTrip() => Prop.ForAll(SomeRoutes.Documents.ToArbitrary(), document =>
    {
        var first = RuleDocumentWriter.Write(document);
        var read = RuleDocumentReader.Read(first);
        return read.Document is { } again && RuleDocumentWriter.Write(again) == first && SomeRoutes.Said(again.Routes) == SomeRoutes.Said(document.Routes)
            && again.TimeIntervals.Select(interval => interval.Name).SequenceEqual(document.TimeIntervals.Select(interval => interval.Name));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    [Fact]
    public void Write_Nothing_IsNothing() => Assert.Equal("", RuleDocumentWriter.Write(new RuleDocument([], [])));

    private static RuleDocument Read(string yaml)
    {
        var reading = RuleDocumentReader.Read(yaml);
        Assert.Empty(reading.Problems);
        return reading.Document!;
    }
}
