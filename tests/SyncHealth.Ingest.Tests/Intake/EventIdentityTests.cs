using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class EventIdentityTests
{
    [Fact]
    public void Take_SameId_IsTheSameEventWhateverStandsAround()
    {
        var first = Taking.OfEvent("\"id\":\"a\"").Event;
        var second = Taking.OfEvent("\"id\":\"\\u0061\",\"seq\":9,\"durationMs\":1").Event;

        Assert.Equal(first.IdHash, second.IdHash);
        Assert.NotEqual(first.BodyHash, second.BodyHash);
    }

    [Fact]
    public void Take_KindsOfIdentity_NeverMeet()
    {
        long[] hashes =
        [
            Taking.OfEvent("\"id\":\"7\"").Event.IdHash,
            Taking.OfEvent("\"id\":7").Event.IdHash,
            Taking.OfEvent("\"seq\":7").Event.IdHash,
            Taking.OfEvent().Event.IdHash,
            Taking.OfEvent("\"id\":\"\"").Event.IdHash,
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Take_NeitherIdNorSeq_IsNamedByBodyAndPlace()
    {
        var body = $$"""{"events":[{{Taking.EventJson()}},{{Taking.EventJson()}}]}""";

        var hashes = Taking.Of(body).Batch.Events.Select(e => e.IdHash).ToArray();

        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.Equal(hashes, Taking.Of(body).Batch.Events.Select(e => e.IdHash));
        Assert.DoesNotContain(hashes[0], Taking.Of(body + " ").Batch.Events.Select(e => e.IdHash));
    }

    [Theory]
    [InlineData("\"ageMs\":5")]
    [InlineData("\"durationMs\":812.0")]
    [InlineData("\"unknown\":1")]
    [InlineData("\"outcome\":\"success\"")]
    public void Take_WhatDoesNotChangeTheEvent_DoesNotChangeItsBody(string fields) =>
        Assert.Equal(Taking.OfEvent("\"id\":\"a\"").Event.BodyHash, Taking.OfEvent("\"id\":\"a\"," + fields).Event.BodyHash);

    [Theory]
    [InlineData("\"conflictCount\":1")]
    [InlineData("\"metered\":false")]
    [InlineData("\"metered\":true")]
    [InlineData("\"appVersion\":\"2\"")]
    [InlineData("\"error\":{\"code\":\"x\"}")]
    [InlineData("\"conflicts\":[{\"entity\":\"note\"}]")]
    [InlineData("\"failures\":[{\"entity\":\"note\"}]")]
    [InlineData("\"lastSuccessAt\":\"2026-11-22T07:00:00Z\"")]
    public void Take_WhatChangesTheEvent_ChangesItsBody(string fields) =>
        Assert.NotEqual(Taking.OfEvent("\"id\":\"a\"").Event.BodyHash, Taking.OfEvent("\"id\":\"a\"," + fields).Event.BodyHash);

    [Fact]
    public void Take_DriftingResend_KeepsItsBody()
    {
        const string Fields = "\"id\":\"a\",\"timestamp\":\"2026-11-22T05:59:00Z\",\"lastSuccessAt\":\"2026-11-22T05:00:00Z\"";
        var first = Taking.OfEvent(Fields, outer: "\"sentAt\":\"2026-11-22T06:00:00Z\",").Event;
        var second = Taking.OfEvent(Fields, outer: "\"sentAt\":\"2026-11-22T06:00:07Z\",").Event;

        Assert.NotEqual(first.EventAt, second.EventAt);
        Assert.Equal(first.BodyHash, second.BodyHash);
        Assert.Equal(first.DeviceAt, second.DeviceAt);
    }
}
