//! Draws. The background is the chart's own, so that it reads on a dark page as on a light one.

use std::error::Error;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;

const WIDTH: u32 = 900;
const HEIGHT: u32 = 440;
/// The width of the column with the names of lines.
const NAMES: u32 = 270;
const FONT: &str = "sans-serif";

type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;

/// Colours that those who see fewer of them can tell apart, as far as there are such; ours is the first.
const COLOURS: [RGBColor; 11] = [
    RGBColor(0, 114, 178),
    RGBColor(90, 90, 90),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(140, 86, 75),
    RGBColor(0, 0, 0),
    RGBColor(160, 160, 0),
    RGBColor(120, 60, 170),
];

/// Readings of one thing at several sizes.
pub struct Series {
    pub name: String,
    pub points: Vec<(String, f64)>,
}

impl Series {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            points: Vec::new(),
        }
    }

    pub fn sizes(&self) -> impl Iterator<Item = &str> {
        self.points.iter().map(|(size, _)| size.as_str())
    }
}

/// A line a series over the sizes, and what each is beside them.
pub fn lines(title: &str, sizes: &[String], series: &[Series]) -> Result<String, Box<dyn Error>> {
    let readings = series.iter().flat_map(|series| &series.points);
    let (low, high) = readings.fold((1.0_f64, 1.0_f64), |(low, high), (_, reading)| {
        (low.min(*reading), high.max(*reading))
    });
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        root.fill(&WHITE)?;
        root.draw(&Text::new(title, (16, 14), (FONT, 18)))?;
        let (left, right) = root.split_horizontally(WIDTH - NAMES);
        // Peers may be several times as slow; overheads may be nothing, which has no logarithm.
        if low > 0.5 {
            plot(&left, sizes, series, (low * 0.97..high * 1.05).log_scale())?;
        } else {
            plot(&left, sizes, series, low.min(0.0)..high * 1.05)?;
        }
        for (nth, series) in series.iter().enumerate() {
            let top = 52 + 22 * nth as i32;
            let line = [(6, top), (24, top)];
            right.draw(&PathElement::new(line, style(nth)))?;
            right.draw(&Text::new(series.name.as_str(), (32, top - 7), (FONT, 14)))?;
        }
        root.present()?;
    }
    Ok(svg)
}

fn plot<Y>(area: &Area<'_>, sizes: &[String], series: &[Series], y: Y) -> Result<(), Box<dyn Error>>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: ValueFormatter<f64>,
{
    let last = sizes.len().max(2) - 1;
    let mut chart = ChartBuilder::on(area)
        .margin(16)
        .margin_top(44)
        .x_label_area_size(30)
        .y_label_area_size(50)
        .build_cartesian_2d(-0.25..last as f64 + 0.25, y)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(WHITE)
        .x_labels(2 * sizes.len() + 1)
        .x_label_formatter(&|at| label(sizes, *at))
        .y_label_formatter(&|reading| format!("{reading:.2}"))
        .label_style((FONT, 14))
        .draw()?;
    for (nth, series) in series.iter().enumerate() {
        let place = |size: &String| sizes.iter().position(|known| known == size);
        let points = series.points.iter();
        let points: Vec<_> = points
            .filter_map(|(size, reading)| Some((place(size)? as f64, *reading)))
            .collect();
        chart.draw_series(LineSeries::new(points.clone(), style(nth)))?;
        let dots = points.into_iter();
        let dot = |point| Circle::new(point, 4, style(nth).filled());
        chart.draw_series(dots.map(dot))?;
    }
    Ok(())
}

/// Ours is the first, and the broadest.
fn style(nth: usize) -> ShapeStyle {
    COLOURS[nth % COLOURS.len()].stroke_width(if nth == 0 { 4 } else { 2 })
}

/// The size at a whole place of the axis.
fn label(sizes: &[String], at: f64) -> String {
    let nearest = at.round();
    if (at - nearest).abs() > 0.01 || nearest < 0.0 {
        return String::new();
    }
    sizes.get(nearest as usize).cloned().unwrap_or_default()
}

/// A bar a reading, with a mark at what it is held to.
pub fn bars(
    title: &str,
    readings: &[(String, f64, Option<f64>)],
) -> Result<String, Box<dyn Error>> {
    const BAR: i32 = 16;
    const STEP: i32 = 50;
    const LEFT: i32 = 16;
    const TOP: i32 = 50;
    let high = readings.iter().fold(0.0_f64, |high, (_, reading, target)| {
        high.max(*reading).max(target.unwrap_or(0.0))
    });
    let scale = |reading: f64| LEFT + (reading / high * f64::from(WIDTH - 110)) as i32;
    let height = TOP as u32 + STEP as u32 * readings.len() as u32 + 10;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        root.fill(&WHITE)?;
        root.draw(&Text::new(title, (LEFT, 14), (FONT, 18)))?;
        for (nth, (name, reading, target)) in readings.iter().enumerate() {
            let top = TOP + STEP * nth as i32;
            let bar = [(LEFT, top + 18), (scale(*reading), top + 18 + BAR)];
            root.draw(&Text::new(name.as_str(), (LEFT, top), (FONT, 14)))?;
            root.draw(&Rectangle::new(bar, COLOURS[0].filled()))?;
            let end = scale(reading.max(target.unwrap_or(0.0))) + 8;
            root.draw(&Text::new(
                format!("{reading:.3}"),
                (end, top + 19),
                (FONT, 14),
            ))?;
            if let Some(target) = target {
                let mark = [(scale(*target), top + 14), (scale(*target), top + 22 + BAR)];
                root.draw(&PathElement::new(mark, COLOURS[2].stroke_width(2)))?;
            }
        }
        root.present()?;
    }
    Ok(svg)
}
