using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SyncHealth.Dashboard.Live;

namespace SyncHealth.Dashboard.Charts;

/// <summary>The only component that touches ApexCharts: it hands <c>charts.js</c> a <see cref="ChartSpec"/>, and another one when it changed.</summary>
public sealed partial class ApexChart(IJSRuntime browser) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private ElementReference _element;
    private ElementReference _plot;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<ApexChart>? _self;
    private string? _drawn;
    private string? _failure;
    private bool _drawing;
    private bool _disposed;

    [Parameter, EditorRequired]
    public ChartSpec Spec { get; set; } = null!;

    /// <summary>For those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Description { get; set; } = "";

    /// <summary>A click on a series that stands for a segment.</summary>
    [Parameter]
    public EventCallback<ChartSeries> OnPick { get; set; }

    /// <summary>A stretch of time was chosen, by drag or by keys; without a listener there is nothing to drag.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset From, DateTimeOffset To)> OnZoom { get; set; }

    /// <summary>The whole range is wanted back.</summary>
    [Parameter]
    public EventCallback OnZoomOut { get; set; }

    /// <summary>Called by the browser, with epoch milliseconds.</summary>
    [JSInvokable]
    public Task Zoom(long from, long to) => Spec.Times.Count > 0 && from >= Spec.Times[0] && to > from && to <= Spec.Times[^1] + Spec.StepMs
        ? OnZoom.InvokeAsync((DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)))
        : Task.CompletedTask;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task ZoomOut() => OnZoomOut.InvokeAsync();

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Pick(int index) =>
        index >= 0 && index < Spec.Series.Count && Spec.Series[index].Pickable ? OnPick.InvokeAsync(Spec.Series[index]) : Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Renders may come while a drawing is under way; the one that draws takes the newest.
        if (_drawing || _failure is not null)
            return;
        _drawing = true;
        try
        {
            while (!_disposed && JsonSerializer.Serialize(Spec, Json) is var wanted && wanted != _drawn)
                await DrawAsync(_drawn = wanted);
        }
        catch (Exception gone) when (BrowserHold.IsViewerGone(gone))
        {
            // The viewer is gone.
        }
        catch (JSException error)
        {
            _failure = error.Message;
            StateHasChanged();
        }
        finally
        {
            _drawing = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _self?.Dispose();
        await BrowserHold.ReleaseAsync(_chart, "destroy", _module);
    }

    private async Task DrawAsync(string spec)
    {
        if (_chart is not null)
        {
            await _chart.InvokeVoidAsync("update", spec);
            return;
        }

        _module ??= await browser.InvokeAsync<IJSObjectReference>("import", "./js/charts.js");
        _self ??= DotNetObjectReference.Create(this);
        _chart = await _module.InvokeAsync<IJSObjectReference>("create", _plot, _element, spec, _self);
        // A chart waits for its turn, and the page may be left meanwhile.
        if (_disposed)
            await BrowserHold.ReleaseAsync(_chart, "destroy", module: null);
    }
}
