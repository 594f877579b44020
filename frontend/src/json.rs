//! JSON as text. The browser reads and writes it itself, so that no program carries a parser.
//! What crosses it are texts, booleans and whole numbers: a number with decimals becomes its text.

use serde_json::Value;

/// Reads a JSON text; `None` where it is none.
pub fn parse(text: &str) -> Option<Value> {
    platform::parse(text)
}

/// The JSON text of a value.
pub fn write(json: &Value) -> String {
    platform::write(json)
}

/// An object of these members.
pub fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut object = serde_json::Map::new();
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

/// A list of texts.
pub fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> Value {
    Value::Array(texts.into_iter().map(|it| Value::from(it.as_str())).collect())
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use serde_json::Value;

    pub fn parse(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok()
    }

    pub fn write(json: &Value) -> String {
        json.to_string()
    }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use js_sys::{Array, JSON, Object, Reflect};
    use serde_json::{Map, Value};
    use wasm_bindgen::{JsCast, JsValue};

    pub fn parse(text: &str) -> Option<Value> {
        JSON::parse(text).ok().map(|it| from_js(&it))
    }

    pub fn write(json: &Value) -> String {
        JSON::stringify(&to_js(json)).map(String::from).unwrap_or_default()
    }

    fn from_js(js: &JsValue) -> Value {
        if let Some(text) = js.as_string() {
            return Value::String(text);
        }
        if let Some(is_true) = js.as_bool() {
            return Value::Bool(is_true);
        }
        if let Some(number) = js.as_f64() {
            return match number as i64 {
                whole if whole as f64 == number => Value::from(whole),
                _ => Value::String(js_sys::Number::from(number).to_js_string().into()),
            };
        }
        if let Some(list) = js.dyn_ref::<Array>() {
            return Value::Array(list.iter().map(|it| from_js(&it)).collect());
        }
        let Some(object) = js.dyn_ref::<Object>() else { return Value::Null };
        let mut members = Map::new();
        for name in Object::keys(object).iter() {
            let value = Reflect::get(object, &name).unwrap_or_default();
            members.insert(name.as_string().unwrap_or_default(), from_js(&value));
        }
        Value::Object(members)
    }

    fn to_js(json: &Value) -> JsValue {
        match json {
            Value::Null => JsValue::NULL,
            Value::Bool(it) => JsValue::from_bool(*it),
            Value::Number(it) => JsValue::from_f64(it.as_i64().unwrap_or_default() as f64),
            Value::String(it) => JsValue::from_str(it),
            Value::Array(it) => it.iter().map(to_js).collect::<Array>().into(),
            Value::Object(it) => {
                let object = Object::new();
                for (name, value) in it {
                    // A plain object takes everything.
                    let _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(value));
                }
                object.into()
            }
        }
    }
}
