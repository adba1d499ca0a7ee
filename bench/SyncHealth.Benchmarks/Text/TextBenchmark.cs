using System.Diagnostics;
using System.Globalization;
using SyncHealth.SyncEngine.Conflicts.Text;
using SyncHealth.SyncEngine.Conflicts.Text.Traces;

namespace SyncHealth.Benchmarks.Text;

/// <summary>
/// The text CRDT on a recorded session of one author, edit by edit, each with the bytes that a peer would get, against the <c>yjs</c> package
/// doing the same in Node. Rounds of both alternate, so that a busy machine is busy for both.
/// </summary>
internal sealed class TextBenchmark(TextWriter output)
{
    /// <summary>Names a sequential trace, such as <c>automerge-paper.json.gz</c> of the public editing traces; without it one is generated.</summary>
    public const string TraceVariable = "SYNCHEALTH_BENCH_TRACE";

    private const int Turns = 5;
    private const int RoundsATurn = 2;
    private const double MostTimesYjs = 2;
    private const double MostBytesAnEdit = 30;

    /// <summary>As wide as an agent drawn at random: ten bytes in every update. Yjs draws 32 bits.</summary>
    private static readonly TextAgent Author = new(0xC2B2_AE3D_27D4_EB4F);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("synchealth-bench-text-");
        try
        {
            var path = Environment.GetEnvironmentVariable(TraceVariable);
            if (path is null)
                SampleTrace.Write(path = Path.Combine(folder.FullName, "generated.json"), seed: 11);
            await YjsPeer.PrepareAsync(cancellationToken);
            await MeasureAsync(path, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync(string path, CancellationToken cancellationToken)
    {
        var trace = TraceFile.Read(path);
        await output.WriteLineAsync(Line($"{Path.GetFileName(path)}: {trace.Edits:N0} edits, {Turns * RoundsATurn} rounds of each side in turns, medians"));
        Replay(trace);
        var ours = new List<TextRound>();
        var theirs = new List<TextRound>();
        for (var turn = 0; turn < Turns; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var round = 0; round < RoundsATurn; round++)
                ours.Add(Replay(trace));
            theirs.AddRange(await YjsPeer.ReplayAsync(path, RoundsATurn, cancellationToken));
        }

        if (!ours.Concat(theirs).All(round => round.IsMatch))
            throw new InvalidOperationException("A replay did not end in the text of the trace.");
        await ReportAsync(trace.Edits, ours, theirs);
    }

    private async Task ReportAsync(int edits, List<TextRound> ours, List<TextRound> theirs)
    {
        await output.WriteLineAsync($"  {"",-34} {"SyncHealth",12} {"yjs",12} {"ratio",8}");
        await RowAsync("all edits one by one, ms", round => round.WallMs, "N0");
        await RowAsync("the same in processor time, ms", round => round.CpuMs, "N0");
        await RowAsync("bytes an edit on the wire", round => round.UpdateBytes / (double)edits, "N2");
        await RowAsync("document in memory, KiB", round => round.HeapBytes / 1024.0, "N0");
        await RowAsync("snapshot, KiB", round => round.SnapshotBytes / 1024.0, "N0");
        await RowAsync("snapshot to document, ms", round => round.LoadMs, "N1");
        var times = Ranks.Median(ours.Select(round => round.WallMs)) / Ranks.Median(theirs.Select(round => round.WallMs));
        var bytes = ours[0].UpdateBytes / (double)edits;
        var report = new BenchmarkReport(output);
        await report.LimitAsync("text, all edits one by one / yjs", times, "N2", MostTimesYjs, "medians; the final text is the trace's in every round");
        await report.LimitAsync("text, bytes an edit on the wire", bytes, "N2", MostBytesAnEdit, "each edit by itself");

        Task RowAsync(string name, Func<TextRound, double> value, string format)
        {
            var (our, their) = (Ranks.Median(ours.Select(value)), Ranks.Median(theirs.Select(value)));
            return output.WriteLineAsync(
                $"  {name,-34} {our.ToString(format, CultureInfo.InvariantCulture),12} {their.ToString(format, CultureInfo.InvariantCulture),12} {(our / their).ToString("N2", CultureInfo.InvariantCulture),8}");
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TextRound Replay(EditingTrace trace)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var start = TimeProvider.System.GetTimestamp();
        var document = new TextDocument(Author);
        var bytes = 0L;
        foreach (var transaction in trace.Transactions)
            foreach (var patch in transaction.Patches)
            {
                var from = document.NextSequence;
                document.Delete(patch.Position, patch.Deleted);
                document.Insert(patch.Position, patch.Inserted);
                bytes += document.EncodeOwn(from).Length;
            }

        var wall = TimeProvider.System.GetElapsedTime(start);
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        var snapshot = document.EncodeSince(TextVersion.Empty);
        start = TimeProvider.System.GetTimestamp();
        var copy = new TextDocument(new TextAgent(1));
        copy.Merge(snapshot);
        var load = TimeProvider.System.GetElapsedTime(start);
        var isMatch = document.ToString() == trace.EndContent && copy.ToString() == trace.EndContent;
        return new TextRound(wall.TotalMilliseconds, cpu.TotalMilliseconds, bytes, heap, snapshot.Length, load.TotalMilliseconds, isMatch);
    }
}
