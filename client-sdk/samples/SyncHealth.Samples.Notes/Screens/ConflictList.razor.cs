using Microsoft.AspNetCore.Components;
using SyncHealth.Contracts;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Samples.Notes.Phones;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>What the strategy did with each conflict: who won, what was discarded, and the way to get that back.</summary>
public sealed partial class ConflictList
{
    [Parameter, EditorRequired]
    public PhoneView View { get; set; } = null!;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    [Parameter]
    public EventCallback<SettledConflict> OnTakeBack { get; set; }

    /// <summary>What the note is called now; of one that is gone, what it was called.</summary>
    private string TitleOf(SettledConflict conflict) =>
        View.Notes.FirstOrDefault(note => note.Id == conflict.NoteId)?.Content.Title ?? conflict.Title;

    /// <summary>"Both changed it. Last write wins: the other side kept, 1 edit discarded."</summary>
    private string Sentence(SettledConflict conflict)
    {
        var kind = Capital(StrategyWords.Kind(Wire.ConflictKind.NameOf(conflict.Kind)));
        var strategy = Capital(StrategyWords.Strategy(Wire.ConflictStrategy.NameOf(View.Strategy)));
        var winner = StrategyWords.Winner(Wire.ConflictWinner.NameOf(conflict.Winner));
        var cost = conflict.Discarded == 0 ? "nothing discarded" : Quantity.Of(conflict.Discarded, "edit discarded", "edits discarded");
        return $"{kind}. {strategy}: {winner}, {cost}.";
    }

    private static string Capital(string words) => string.Concat(words[..1].ToUpperInvariant(), words[1..]);
}
