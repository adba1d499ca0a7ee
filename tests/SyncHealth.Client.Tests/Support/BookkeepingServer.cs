using System.Text.Json;
using SyncHealth.Client.Queue;

namespace SyncHealth.Client.Tests.Support;

/// <summary>What a server knows of one install: its events once each, and its accounts of losses once each, less what arrived of them.</summary>
internal sealed class BookkeepingServer
{
    private readonly HashSet<long> _numbers = [];
    private readonly Dictionary<(string Report, string Reason), QueuedLoss> _told = [];

    public int Counted => _numbers.Count;

    public long Lost => _told.Values.Sum(loss => Math.Max(0, loss.Count - (loss.Doubt is { } doubt ? _numbers.Count(seq => seq >= doubt.FirstSeq && seq <= doubt.LastSeq) : 0)));

    public void Receive(QueuedBatch batch)
    {
        foreach (var item in batch.Events)
        {
            using var json = JsonDocument.Parse(item.Json);
            _numbers.Add(json.RootElement.GetProperty("seq").GetInt64());
        }

        foreach (var loss in batch.Dropped)
            _told.TryAdd((loss.Report ?? batch.Key, loss.Reason), loss);
    }
}
