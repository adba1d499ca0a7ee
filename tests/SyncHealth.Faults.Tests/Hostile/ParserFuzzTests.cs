using System.IO.Compression;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Ingest.Intake;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>C1, without a server: no input makes a parser throw, hang or let through what cannot be stored.</summary>
public sealed class ParserFuzzTests
{
    /// <summary>Pooled rows and texts at their largest, and what was seen: growth beyond a tenth of the heap and this is a leak.</summary>
    private const long HeapNoiseBytes = 2L * 1024 * 1024;

    /// <summary>
    /// Inputs until the next ones start from the seeds again: those that are kept grow towards the largest, so that twenty million in one go had not ended after 75 minutes of one core; and one that
    /// breaks a rule is found again by a million with its seed.
    /// </summary>
    private const int Generation = 1_000_000;

    private readonly Edge _edge = new(GoodEvent.Now);

    public static TheoryData<string> Parsers => ["json", "otlp-json", "otlp-protobuf", "gzip"];

    public static TheoryData<string> Crashers =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Hostile", "Crashers")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Parse_MutatedInputs_NeverBreakARule(string parser)
    {
        var goal = new Goal("C1");
        var inputs = FaultScale.Of(test: 20_000, faults: 1_000_000, deep: 20_000_000);
        var (before, after, behaviours, slowest) = (0L, 0L, 0, TimeSpan.Zero);
        for (var done = 0; done < inputs; done += Generation)
        {
            var count = Math.Min(Generation, inputs - done);
            var fuzzer = new Fuzzer(SeedsOf(parser), input => Target(parser, input), FaultScale.Seed + done);
            fuzzer.Run(count / 5);
            before = done == 0 ? HeapBeside(fuzzer) : before;
            fuzzer.Run(count - (count / 5));
            after = HeapBeside(fuzzer);

            Assert.InRange(fuzzer.Behaviours, 2, int.MaxValue);
            Assert.InRange(after, 0, before + (before / 10) + HeapNoiseBytes);
            behaviours = Math.Max(behaviours, fuzzer.Behaviours);
            slowest = fuzzer.Slowest > slowest ? fuzzer.Slowest : slowest;
        }

        goal.Reached($"{inputs} mutated inputs into {parser}, up to {behaviours} different outcomes in {Math.Min(inputs, Generation)}, slowest {slowest.TotalMilliseconds:0} ms, heap {before / 1024} to {after / 1024} KiB");
    }

    /// <summary>Inputs that once broke a rule.</summary>
    [Theory]
    [MemberData(nameof(Crashers))]
    public void Parse_SavedCrasher_BreaksNoRule(string file)
    {
        var input = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Hostile", "Crashers", file));
        foreach (var parser in Parsers)
            Target(parser, input);
    }

    private static long HeapBeside(Fuzzer fuzzer) => GC.GetTotalMemory(forceFullCollection: true) - fuzzer.KeptBytes;

    private static IReadOnlyList<byte[]> SeedsOf(string parser) => parser switch
    {
        "json" => FuzzSeeds.Json,
        "otlp-json" => FuzzSeeds.OtlpJson,
        "otlp-protobuf" => FuzzSeeds.OtlpProtobuf,
        _ => [.. FuzzSeeds.Json.Select(Zip)],
    };

    private string Target(string parser, byte[] input)
    {
        if (parser == "gzip")
            return BodyReading.Read(input, out var body) is { } refusal ? $"{refusal.Status} {refusal.Message}" : Outcome(Edge.Json, body);
        return Outcome(
            parser switch
            {
                "json" => Edge.Json,
                "otlp-json" => Edge.OtlpJson,
                _ => Edge.OtlpProtobuf,
            },
            input);
    }

    private string Outcome(BatchDecoder decode, byte[] body)
    {
        var result = _edge.Take(decode, body);
        StorableRule.Check(result);
        var a = result.Adjustments;
        return $"{result.Verdict} {result.Batch?.Events.Count} {result.Rejections.Count} {result.Batch?.Drops.Count} {a.UnknownFields > 0} {a.UnknownValues > 0} {a.Cut > 0} {a.Scrubbed > 0} {a.Clamped > 0} {a.ClockCorrected > 0} {a.Ignored}";
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
